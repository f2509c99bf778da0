package anogan.visuals;

import anogan.scoring.Score;
import anogan.statistics.Analysis.Separation;
import anogan.statistics.Interval;
import anogan.statistics.SweepAnalysis;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;

/** What λ and Γ do to the AUROC of A, R and D: the two numbers that the paper fixes at 0.1 and 500. */
final class SweepFigures {
    static final String FILE = "sweep.png";
    private static final List<Score> SCORES = List.of(Score.A, Score.R, Score.D);

    private static final Color PALE = Style.tint(Style.TRAIN, 0.45);

    private SweepFigures() {}

    /** One panel for each sweep; empty without any. */
    static Optional<Figure> sweeps(List<SweepAnalysis> sweeps, long seed) {
        if (sweeps.isEmpty()) return Optional.empty();
        int width = Style.WIDTH / sweeps.size();
        List<BufferedImage> panels = sweeps.stream().map(s -> Charts.render(chart(s, width))).toList();
        Separation any = sweeps.get(0).points().get(0).of(Score.A);
        String chosen = sweeps.stream().flatMap(s -> s.choice().map(c -> choice(s, c)).stream())
                .collect(Collectors.joining("; "));
        return Optional.of(new Figure(FILE, "What λ and Γ do",
                Format.of("""
                        AUROC of %s test patches of %d groups, %s of them annotated, seed %d, mapped anew with each \
                        value; whiskers: 95 %% intervals that resample groups. %s Pale: the paper's own value, which \
                        it does not vary. Good: A on a plateau around the value that was used, within its neighbours' \
                        whiskers, so that little hangs on it.""", Format.count(any.cases()), any.groups(),
                        Format.percent(any.prevalence()), seed,
                        chosen.isEmpty() ? "There are too few groups to choose a value by cross-validation."
                                : "Dashed: chosen by cross-validation, " + chosen + "."),
                Sheets.column(0, legend(sweeps), Sheets.row(0, panels))));
    }

    /** λ = 0.1 in 4 of 5 folds of whole groups, which gives … on the folds that had no say. */
    private static String choice(SweepAnalysis sweep, SweepAnalysis.Choice choice) {
        List<Double> folds = choice.chosen();
        double value = choice.mostOften();
        return Format.of("%s = %s in %d of %d folds (AUROC of A in the folds that had no say: %s)",
                sweep.kind().symbol(), number(value), folds.stream().filter(v -> v == value).count(), folds.size(),
                Format.number(choice.auroc(), choice.interval()));
    }

    private static BufferedImage legend(List<SweepAnalysis> sweeps) {
        List<Legend.Entry> entries = new ArrayList<>();
        for (Score s : SCORES) entries.add(Legend.Entry.line(Style.score(s), s.title()));
        if (sweeps.stream().anyMatch(s -> s.choice().isPresent()))
            entries.add(Legend.Entry.dashes("chosen by cross-validation"));
        entries.add(Legend.Entry.box(PALE, "the paper's value"));
        return Legend.strip(entries, Style.WIDTH);
    }

    /** Lines of A, R and D with whiskers; moved aside a little, lest those of A and R cover each other. */
    static XYChart chart(SweepAnalysis sweep, int width) {
        boolean logarithmic = sweep.kind() == SweepAnalysis.Kind.STEPS;
        XYChart chart = Charts.chart("",
                logarithmic ? "steps of the descent, Γ" : "weight of the discrimination loss, λ", "AUROC", width, 400);
        double[] x = sweep.points().stream().mapToDouble(SweepAnalysis.Point::value).toArray();
        double low = logarithmic ? Math.min(x[0], 10) / 1.3 : -0.04;
        double high = logarithmic ? Math.max(x[x.length - 1], 500) * 1.3 : 1.04;
        double[] ends = ends(sweep);
        chart.getStyler().setXAxisLogarithmic(logarithmic);
        Charts.range(chart, low, high, ends[0], ends[1]);
        double paper = sweep.kind().paper();
        Charts.line(chart, "paper", new double[] {paper, paper}, new double[] {ends[0], ends[1]}, PALE, 8)
                .setLineStyle(new BasicStroke(8, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        sweep.choice().ifPresent(
                c -> Charts.rule(chart, "chosen", c.mostOften(), ends[0], c.mostOften(), ends[1], Style.INK));
        for (int s = SCORES.size() - 1; s >= 0; s--) {
            double[] moved = new double[x.length];
            for (int i = 0; i < x.length; i++)
                moved[i] = logarithmic ? x[i] * Math.pow(high / low, 0.008 * (s - 1)) : x[i] + 0.008 * (s - 1);
            line(chart, sweep, SCORES.get(s), moved);
        }
        return chart;
    }

    private static void line(XYChart chart, SweepAnalysis sweep, Score score, double[] x) {
        List<Separation> at = sweep.points().stream().map(p -> p.of(score)).toList();
        double[] auroc = at.stream().mapToDouble(Separation::auroc).toArray();
        for (int i = 0; i < x.length; i++) {
            Interval interval = at.get(i).interval();
            Charts.line(chart, score.column() + " interval " + i, new double[] {x[i], x[i]},
                    new double[] {interval.low(), interval.high()}, Style.score(score), 1.4f);
        }
        Charts.line(chart, score.column(), x, auroc, Style.score(score), score == Score.A ? 3 : 2);
        Charts.dots(chart, score.column() + " values", x, auroc, Style.score(score));
    }

    /** The lowest and the highest end of an interval, and chance. */
    private static double[] ends(SweepAnalysis sweep) {
        double low = 0.5;
        double high = 0.6;
        for (SweepAnalysis.Point p : sweep.points()) {
            for (Score s : SCORES) {
                Interval interval = p.of(s).interval();
                low = Math.min(low, interval.low());
                high = Math.max(high, interval.high());
            }
        }
        return new double[] {Math.max(0, low - 0.02), Math.min(1, high + 0.02)};
    }

    static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value)
                : Format.of("%.3g", value).replaceFirst("0+$", "");
    }
}
