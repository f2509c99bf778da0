package anogan.scoring;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A map of one mapping or the mean of several that start elsewhere, {@code log_ratio_z2}.
 *
 * @param starts how many mappings
 */
public record PlaneOfStarts(Plane plane, int starts) {
    private static final Pattern NAME = Pattern.compile("(.+?)(?:_z([1-9][0-9]{0,5}))?");

    /** @throws IllegalArgumentException if it names no plane */
    @JsonCreator
    public static PlaneOfStarts of(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) throw new IllegalArgumentException(name + " is no map");
        Plane plane = Plane.named(parts.group(1)).orElseThrow(() -> new IllegalArgumentException(name + " is no map"));
        return new PlaneOfStarts(plane, parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2)));
    }

    /** Its name in files. */
    @JsonValue
    public String word() {
        return starts == 1 ? plane.word() : String.format(Locale.ROOT, "%s_z%d", plane.word(), starts);
    }

    /** Its name for a reader. */
    public String title() {
        return starts == 1 ? plane.title() : String.format(Locale.ROOT, "%s, mean of %d starts", plane.title(), starts);
    }
}
