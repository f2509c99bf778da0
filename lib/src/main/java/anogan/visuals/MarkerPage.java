package anogan.visuals;

import anogan.markers.Feature;
import anogan.markers.Markers;
import anogan.markers.RegionRow;
import anogan.statistics.Marker;
import anogan.statistics.MarkerAnalysis;
import anogan.statistics.MarkerDiagnosis;
import anogan.statistics.MarkerStability;
import anogan.visuals.Html.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@value MarkerFigures#PAGE}: what the markers are, in one file that needs no other and no network. */
final class MarkerPage {
    private static final List<Feature> TOLD = List.of(Feature.DEPTH, Feature.WIDTH, Feature.HEIGHT, Feature.BRIGHTNESS,
            Feature.CONTRAST, Feature.RIM, Feature.SHADOW, Feature.SWELLING);

    private final MarkerAnalysis analysis;
    private final List<Figure> figures;
    private final List<MarkerGallery.Shown> galleries;

    MarkerPage(MarkerAnalysis analysis, List<Figure> figures, List<MarkerGallery.Shown> galleries) {
        this.analysis = analysis;
        this.figures = figures;
        this.galleries = galleries;
    }

    String html() {
        StringBuilder body = new StringBuilder(Html.element("h1", "Candidate markers"));
        body.append(Html.element("p", """
                Regions that a network which knows healthy retina could not draw, sorted into kinds without any label. \
                They are candidates for research, not diagnoses: a name says where a kind lies and how it looks, never \
                what it is."""));
        body.append(table(analysis));
        analysis.splitHalf().ifPresent(a -> body.append(Html.element("p", Format.of(
                "Two halves of the patients, each by itself, give markers that agree by %.2f (adjusted Rand index; 1 is all, 0 chance).",
                a))));
        if (!analysis.diagnosis().isEmpty())
            body.append(Html.element("p", MarkerDiagnosis.words(analysis.diagnosis())));
        figures.forEach(f -> body.append(Html.figure(f)));
        List<Marker> seen = analysis.found().stream().filter(m -> m.regions() > 0).toList();
        galleries.forEach(g -> body.append(Html.figure(g.figure())).append(links(g.regions())));
        body.append(Html.element("h2", "Numbers of each marker")).append(Html.table(seen, m -> false, numbers(seen)));
        return Html.page("Candidate markers", body.toString());
    }

    /** The head of the page, which the report shows as well. */
    static String table(MarkerAnalysis analysis) {
        return Html.table(analysis.found(), m -> m.kind() == Marker.Kind.CANDIDATE,
                List.of(new Column<>("marker", MarkerPage::number),
                        new Column<>("what it looks like\nkind", m -> m.name() + "\n" + m.kind().word()),

                        new Column<>("regions",
                                m -> Format.of("%d\nin %d scans, %d patients", m.regions(), m.scans(), m.groups())),
                        new Column<>("stability",
                                m -> m.number() == Markers.NONE ? "–"
                                        : Format.of("%.2f\n%s", m.stability(), MarkerStability.words(m.stability()))),
                        new Column<>(
                                "per anomalous scan\nper normal scan",
                                m -> Format.of("%.2f\n%.2f", m.overall().perScan(), m.overall().normal())),
                        new Column<>("ratio\n95 %, corrected p", m -> m.overall().ratio()
                                .map(r -> Format.of("%.1f\n%sp %.2g", r,
                                        m.overall().interval().map(i -> Format.of("%.1f–%.1f, ", i.low(), i.high()))
                                                .orElse(""),
                                        m.overall().corrected()))
                                .orElse("–")),
                        new Column<>("most in", MarkerPage::mostIn)));
    }

    private static List<Column<Marker>> numbers(List<Marker> seen) {
        List<Column<Marker>> columns = new ArrayList<>(List.of(new Column<Marker>("marker", MarkerPage::number)));
        if (seen.stream().anyMatch(m -> m.extent().isPresent()))
            columns.add(new Column<>("volume, mm³\nmedian of things, all", MarkerPage::volume));
        for (Feature f : TOLD) {
            String unit = f.unit().isEmpty() ? "" : "\n" + f.unit();
            columns.add(new Column<>(f.column().replace('_', ' ') + unit, m -> m.quartiles(f).toString()));
        }
        return columns;
    }

    private static String volume(Marker m) {
        return m.extent().map(e -> Format.of("%.2g of %d\n%.2g", e.median(), e.things(), e.total())).orElse("unknown");
    }

    private static String number(Marker m) {
        return m.number() == Markers.NONE ? "–" : String.valueOf(m.number());
    }

    private static String mostIn(Marker m) {
        return m.classes().stream().skip(1).filter(f -> !f.className().equals(MarkerAnalysis.NORMAL))
                .sorted((a, b) -> Double.compare(b.perScan(), a.perScan())).limit(2).filter(f -> f.perScan() > 0)
                .map(f -> Format.of("%s %.2f", f.className(), f.perScan())).collect(Collectors.joining("\n"));
    }

    /** To the page of scans, to each that is in the gallery. */
    private static String links(List<RegionRow> regions) {
        return "<p>"
                + regions.stream().map(r -> r.scan().scan()).distinct()
                        .map(scan -> Html.link(RunScans.address(scan), scan)).collect(Collectors.joining(", "))
                + "</p>\n";
    }
}
