package anogan.visuals;

import anogan.io.AtomicFiles;
import anogan.io.Tables;
import anogan.ui.Kernel;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Pictures, animations and tables below a notebook's cell, each with a caption. Without a kernel they are written to
 * files in the folder {@code shown}, and their names are printed: a notebook's code runs in a plain JShell, too.
 *
 * <pre>{@code
 * Show.image(Heat.patch(z, 0, 64), "A generated patch, seed 1.");
 * Show.figure(TrainingFigures.losses(losses, 1));
 * }</pre>
 */
public final class Show {
    private static final Path FOLDER = Path.of("shown");
    /**
     * Sorts the rows of a table by the column whose head was clicked: numbers by value, words by letter; once more, the
     * other way round.
     */
    private static final String SORT = "var "
            + "h=this,b=h.closest('table').tBodies[0],i=h.cellIndex,d=h.dataset.d=h.dataset.d==1?-1:1;"
            + "[...b.rows].sort((p,q)=>{var x=p.cells[i].innerText,y=q.cells[i].innerText;return "
            + "d*(x-y||x.localeCompare(y))}).forEach(r=>b.append(r))";

    private Show() {}

    /** A picture as wide as it is, at most as wide as the page. */
    public static void image(BufferedImage image, String caption) {
        Optional<Kernel> kernel = Kernel.running();
        if (kernel.isPresent()) {
            // speckle costs a PNG dearly, letters a JPEG
            boolean photograph = 2 * Figure.encoded(image, "jpeg").length < Figure.png(image).length;
            kernel.get().display(image, photograph ? "image/jpeg" : "image/png");
            caption(kernel.get(), caption);
        } else {
            write("png", Figure.png(image), caption);
        }
    }

    /**
     * A chart, grid or other sheet of {@link Style#SCALE} pixels a point, shown at one pixel a point: what a saved
     * notebook has room for.
     */
    public static void sheet(BufferedImage sheet, String caption) {
        image(points(sheet), caption);
    }

    /** A figure of the report with its title and caption. */
    public static void figure(Figure figure) {
        figure(figure, "");
    }

    /**
     * A figure of the report with its title and caption, and words of the notebook's own after them: what it was made
     * with.
     */
    public static void figure(Figure figure, String setting) {
        String words = (figure.title() + ". " + figure.caption() + " " + setting).strip();
        if (figure.content() instanceof Figure.Pixels pixels) sheet(pixels.image(), words);
        else drawing(figure.content(), words);
    }

    private static void drawing(Figure.Content svg, String caption) {
        String html = Format.of("<img alt=\"drawing\" width=\"%d\" src=\"%s\"/>", svg.width(),
                Html.data(svg.type(), svg.bytes()));
        html(html, "svg", svg.bytes(), caption);
    }

    /** In a notebook the HTML, else what it shows as a file. */
    private static void html(String html, String kind, byte[] bytes, String caption) {
        Kernel.running().ifPresentOrElse(kernel -> {
            kernel.display(html, "text/html");
            caption(kernel, caption);
        }, () -> write(kind, bytes, caption));
    }

    private static BufferedImage points(BufferedImage sheet) {
        int width = sheet.getWidth() / Style.SCALE;
        int height = sheet.getHeight() / Style.SCALE;
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = small.createGraphics();
        g.drawImage(sheet.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        g.dispose();
        return small;
    }

    /**
     * Pictures one after the other, again and again.
     *
     * @param frames       of one size
     * @param zoom         how many times larger they are shown, with hard pixels; small frames keep a saved notebook
     *                     small
     * @param milliseconds that each is shown
     */
    public static void animation(List<BufferedImage> frames, int zoom, int milliseconds, String caption) {
        byte[] gif = Gif.of(frames, milliseconds);
        String html = Format.of("<img alt=\"animation\" width=\"%d\" style=\"image-rendering:pixelated\" src=\"%s\"/>",
                zoom * frames.get(0).getWidth(), Html.data("image/gif", gif));
        html(html, "gif", gif, caption);
    }

    /** Records as a table, a row each ({@link Tables#of}). */
    public static void table(List<? extends Record> rows, String caption) {
        table(Tables.of(rows), caption);
    }

    /** A table; a click on a column's head sorts its rows. */
    public static void table(Table table, String caption) {
        html(html(table), "html", html(table).getBytes(StandardCharsets.UTF_8), caption);
    }

    /**
     * The table in HTML: every name and value escaped, numbers with at most three decimals and aligned to the right.
     */
    static String html(Table table) {
        StringBuilder html = new StringBuilder("<table><thead><tr>");
        for (Column<?> c : table.columns()) {
            html.append(Format.of("<th style=\"cursor:pointer;text-align:%s\" title=\"sort\" onclick=\"%s\">%s</th>",
                    side(c), SORT, Html.escape(c.name())));
        }
        html.append("</tr></thead><tbody>\n");
        for (int row = 0; row < table.rowCount(); row++) {
            html.append("<tr>");
            for (Column<?> c : table.columns())
                html.append(Format.of("<td style=\"text-align:%s\">%s</td>", side(c), Html.escape(cell(c, row))));
            html.append("</tr>\n");
        }
        return html.append("</tbody></table>").toString();
    }

    private static String side(Column<?> column) {
        return column.type().equals(ColumnType.STRING) ? "left" : "right";
    }

    private static String cell(Column<?> column, int row) {
        if (column.isMissing(row)) return "";
        Object value = column.get(row);
        if (!(value instanceof Double || value instanceof Float)) return column.getString(row);
        double number = ((Number) value).doubleValue();
        return number == Math.rint(number) && Math.abs(number) < 1e9 ? Long.toString((long) number)
                : Format.of("%.3f", number);
    }

    private static void caption(Kernel kernel, String caption) {
        if (!caption.isEmpty())
            kernel.display("<p style=\"color:#5F6C7B;max-width:95ch\">" + Html.escape(caption) + "</p>", "text/html");
    }

    /** The next free number is its name. */
    private static void write(String kind, byte[] bytes, String caption) {
        int number = 1;
        while (taken(number)) number++;
        Path file = file(number, kind);
        AtomicFiles.write(file, out -> out.write(bytes));
        System.out.println(file + (caption.isEmpty() ? "" : ": " + caption));
    }

    private static boolean taken(int number) {
        return Stream.of("png", "svg", "gif", "html").anyMatch(kind -> Files.exists(file(number, kind)));
    }

    private static Path file(int number, String kind) {
        return FOLDER.resolve(Format.of("%03d.%s", number, kind));
    }
}
