package anogan.scoring;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a column of a score table holds: a {@link Score} of patches; one of whole scans, {@code A_mean}; the mean of a
 * score over several starting points, {@code AnoGAN_z3}; or the A of a variant under the variant's own name. Files hold
 * the name of the column, and {@link #of} reads every name that a version of this program has written.
 */
public sealed interface ScoreColumn permits Score, ScoreColumn.OfScan, ScoreColumn.OfStarts, ScoreColumn.Named {
    /** Its name in files. */
    @JsonValue
    String column();

    /** As the paper writes it: A(x), D̂(x). */
    String title();

    /** What it is, in a few words; may be empty. */
    String meaning();

    /** The score that it is or is made of; empty for a variant. */
    Optional<Score> score();

    /** Whether it takes no network: what a method has to beat. */
    default boolean trivial() {
        return score().map(Score::trivial).orElse(false);
    }

    /** A name is a score's, a score's with an ending, or a variant's, which may be any. */
    @JsonCreator
    static ScoreColumn of(String column) {
        Optional<Score> plain = Score.named(column);
        if (plain.isPresent()) return plain.get();
        for (Aggregate a : Aggregate.values()) {
            if (column.endsWith(a.ending()))
                return new OfScan(of(column.substring(0, column.length() - a.ending().length())), a);
        }
        Matcher starts = OfStarts.NAME.matcher(column);
        if (starts.matches()) return new OfStarts(of(starts.group(1)), Integer.parseInt(starts.group(2)));
        return new Named(column);
    }

    /** A score of whole scans, from those of their patches. */
    record OfScan(ScoreColumn of, Aggregate aggregate) implements ScoreColumn {
        @Override
        @JsonValue
        public String column() {
            return of.column() + aggregate.ending();
        }

        @Override
        public String title() {
            return aggregate.title() + " " + of.title();
        }

        @Override
        public String meaning() {
            return of.meaning();
        }

        @Override
        public Optional<Score> score() {
            return of.score();
        }
    }

    /** The mean of a score over mappings that differ in their starting points alone. */
    record OfStarts(ScoreColumn of, int starts) implements ScoreColumn {
        static final Pattern NAME = Pattern.compile("(.+)_z([1-9][0-9]{0,5})");

        @Override
        @JsonValue
        public String column() {
            return String.format(Locale.ROOT, "%s_z%d", of.column(), starts);
        }

        @Override
        public String title() {
            return String.format(Locale.ROOT, "%s, mean of %d starts", of.title(), starts);
        }

        @Override
        public String meaning() {
            return of.meaning();
        }

        @Override
        public Optional<Score> score() {
            return of.score();
        }
    }

    /** The A of another mapping of the run, called as the user called the mapping. */
    record Named(@JsonValue String column) implements ScoreColumn {
        @Override
        public String title() {
            return column.replace('_', ' ');
        }

        @Override
        public String meaning() {
            return "";
        }

        @Override
        public Optional<Score> score() {
            return Optional.empty();
        }
    }
}
