package anogan.visuals;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * XChart in the one style of {@link Style}: a chart is made, filled with lines, areas, dots and whiskers, and rendered.
 *
 * <pre>{@code
 * XYChart chart = Charts.chart("Losses", "step", "loss", 500, 360);
 * Charts.line(chart, "D", steps, loss, Style.NORMAL, 2);
 * BufferedImage image = Charts.render(chart);
 * }</pre>
 */
public final class Charts {
    private Charts() {}

    /** An empty chart of so many points. */
    public static XYChart chart(String title, String xTitle, String yTitle, int width, int height) {
        XYChart chart = new XYChartBuilder().width(width).height(height).title(title).xAxisTitle(xTitle)
                .yAxisTitle(yTitle).build();
        XYStyler s = chart.getStyler();
        s.setLocale(Locale.ROOT);
        s.setChartBackgroundColor(Style.PAPER).setPlotBackgroundColor(Style.PAPER).setChartFontColor(Style.INK)
                .setChartPadding(16);
        s.setPlotBorderVisible(false).setChartTitleFont(Style.heading()).setChartTitlePadding(8)
                .setChartTitleVisible(!title.isEmpty());
        s.setLegendVisible(false);   // ours holds numbers in columns
        s.setAxisTitleFont(Style.text()).setAxisTickLabelsFont(Style.text()).setAxisTickLabelsColor(Style.MUTED)
                .setAxisTickMarksColor(Style.RULE);
        s.setPlotGridLinesColor(Style.RULE).setPlotGridLinesStroke(Style.solid(1))
                .setPlotGridVerticalLinesVisible(false);
        s.setXAxisTickMarkSpacingHint(90).setYAxisTickMarkSpacingHint(56).setYAxisLabelAlignment(TextAlignment.Right)
                .setPlotMargin(0);
        s.setPlotContentSize(0.97);   // at 1 the labels at both ends of an axis are left out
        s.setMarkerSize(6).setAntiAlias(true);
        return chart;
    }

    /** Which part of the plane is shown. Every chart says so: what XChart chooses touches the outermost dots. */
    public static void range(XYChart chart, double xMin, double xMax, double yMin, double yMax) {
        // XChart would look for ticks forever
        if (!(xMax > xMin && yMax > yMin && Double.isFinite(xMax - xMin) && Double.isFinite(yMax - yMin))) {
            throw new IllegalArgumentException(
                    Format.of("no range to show: x %s to %s, y %s to %s", xMin, xMax, yMin, yMax));
        }
        chart.getStyler().setXAxisMin(xMin).setXAxisMax(xMax).setYAxisMin(yMin).setYAxisMax(yMax);
        // Where data are evenly spaced, XChart puts ticks on them (274, 547, 820, …), not on round numbers: points that
        // are not drawn break the evenness.
        double[] uneven = {xMin + 0.3141 * (xMax - xMin), xMin + 0.5926 * (xMax - xMin)};
        chart.addSeries("not drawn", uneven, new double[] {yMin, yMin}).setEnabled(false);
    }

    /** A line. */
    public static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color colour, float width) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(Style.solid(width));
        return series;
    }

    /** A line with a tint of its colour below it. */
    static void area(XYChart chart, String name, double[] x, double[] y, Color colour) {
        line(chart, name, x, y, colour, 2.2f).setXYSeriesRenderStyle(XYSeriesRenderStyle.Area)
                .setFillColor(Style.translucent(colour, 0.14));
    }

    /** The straight line between two points. */
    static XYSeries segment(XYChart chart, String name, double x0, double y0, double x1, double y1, Color colour,
            float width) {
        return line(chart, name, new double[] {x0, x1}, new double[] {y0, y1}, colour, width);
    }

    /** The straight line between two points, dashed: chance, a threshold. */
    static void rule(XYChart chart, String name, double x0, double y0, double x1, double y1, Color colour) {
        segment(chart, name, x0, y0, x1, y1, colour, 1.5f).setLineStyle(Style.dashes(1.5f));
    }

    /** A filled shape: the corners in order. */
    static XYSeries shape(XYChart chart, String name, double[] x, double[] y, Color fill) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea).setMarker(SeriesMarkers.NONE).setLineColor(fill)
                .setLineStyle(SeriesLines.NONE).setFillColor(fill);
        return series;
    }

    /** A filled rectangle. */
    static void box(XYChart chart, String name, double x0, double x1, double y0, double y1, Color fill) {
        shape(chart, name, new double[] {x0, x1, x1, x0}, new double[] {y0, y0, y1, y1}, fill);
    }

    /** Dots. */
    static XYSeries dots(XYChart chart, String name, double[] x, double[] y, Color colour) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter).setMarker(SeriesMarkers.CIRCLE)
                .setMarkerColor(colour);
        return series;
    }

    /** A ring around a point of a curve. */
    static void ring(XYChart chart, String name, double x, double y, Color colour) {
        dots(chart, name, new double[] {x}, new double[] {y}, colour).setMarker(new Ring());
    }

    private static final class Ring extends Marker {
        @Override
        public void paint(Graphics2D g, double x, double y, int markerSize) {
            g.setStroke(Style.solid(2.5f));
            g.draw(new Ellipse2D.Double(x - 7, y - 7, 14, 14));
        }
    }

    public static BufferedImage render(XYChart chart) {
        BufferedImage sheet = Style.sheet(chart.getWidth(), chart.getHeight());
        Graphics2D g = Style.pen(sheet);
        chart.paint(g, chart.getWidth(), chart.getHeight());
        g.dispose();
        return sheet;
    }
}
