package anogan.visuals;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Parts of a page. Whatever is handed in as text is escaped, so that a scan called {@code <script>} is shown by that
 * name. Pictures and style are part of the page: it needs no other file and no network. It is well-formed XML.
 */
final class Html {
    private static final String STYLE = """
            :root { --ink: #1f2933; --muted: #5f6c7b; --rule: #e3e8ee; --accent: #332288; --soft: #f6f8fa; }
            * { box-sizing: border-box; }
            body { margin: 0; color: var(--ink); background: #fff; line-height: 1.55;
              font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
            main { max-width: 1100px; margin: 0 auto; padding: 32px 24px 64px; }
            h1 { font-size: 30px; line-height: 1.2; margin: 0 0 4px; }
            h2 { font-size: 22px; margin: 48px 0 8px; padding-top: 16px; border-top: 1px solid var(--rule);
              break-after: avoid; }
            h3 { font-size: 17px; margin: 28px 0 6px; break-after: avoid; }
            p { max-width: 78ch; margin: 8px 0; }
            .sub { color: var(--muted); }
            .results { list-style: none; margin: 24px 0; padding: 16px 24px; background: var(--soft);
              border-radius: 4px;
              border-left: 4px solid var(--accent); }
            .results li { margin: 6px 0; }
            .results b { font-variant-numeric: tabular-nums; }
            .limits { margin: 24px 0; padding: 12px 24px 16px; background: #fff6ee;
              border-left: 4px solid #d55e00; border-radius: 4px; }
            .limits h2 { margin: 0; padding: 0; border: 0; font-size: 18px; }
            .limits li { margin: 4px 0; max-width: 90ch; }
            .scroll { overflow-x: auto; margin: 12px 0; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 15px; }
            th, td { text-align: right; padding: 6px 12px; border-bottom: 1px solid var(--rule);
              vertical-align: top; white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; padding-left: 0; }
            th { font-weight: 600; border-bottom: 2px solid var(--ink); vertical-align: bottom; }
            td small, th small { display: block; color: var(--muted); font-weight: 400; font-size: 12.5px; }
            tr.ours td { background: #f3f2f9; }
            tr.ours td:first-child { font-weight: 600; }
            .words td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
            .words td:first-child { color: var(--muted); padding-right: 24px; white-space: nowrap; }
            figure { margin: 24px 0 32px; break-inside: avoid; }
            figure img { display: block; max-width: 100%; height: auto; }
            figcaption { color: var(--muted); font-size: 14.5px; max-width: 95ch; margin-top: 8px; }
            figcaption b { color: var(--ink); }
            footer { margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--rule); color: var(--muted);
              font-size: 14px; }
            @media (max-width: 720px) {
              main { padding: 20px 16px 40px; }
              h1 { font-size: 24px; }
              .results, .limits { padding-left: 16px; padding-right: 12px; }
              .limits ul { padding-left: 20px; }
              figure .scroll img { max-width: none; width: 760px; }
            }
            @media print {
              body { font-size: 11pt; }
              main { max-width: none; padding: 0; }
              .scroll { overflow: visible; }
              table { font-size: 8.5pt; }
              th, td { padding: 3px 6px; }
              tr { break-inside: avoid; }
            }
            """;

    /**
     * A column: its head, and what it says of a row. In both, what stands behind a line break is in small letters.
     *
     * @param link where a row's cell leads; empty for nowhere
     */
    record Column<T>(String head, Function<T, String> cell, Function<T, String> link) {
        Column(String head, Function<T, String> cell) {
            this(head, cell, row -> "");
        }
    }

    private Html() {}

    static String escape(String text) {
        String kept = text.replaceAll("(\\d) %", "$1\u202F%");   // no line ends between a number and its %
        String legal = kept.replaceAll("[\\p{Cntrl}&&[^\\t\\n]]", "\uFFFD");
        return legal.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String element(String tag, String text) {
        return Format.of("<%1$s>%2$s</%1$s>%n", tag, escape(text));
    }

    /** @param ours the rows that are set off from what they are compared with */
    static <T> String table(List<T> rows, Predicate<T> ours, List<Column<T>> columns) {
        StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (Column<T> c : columns) table.append(cell("th", c.head));
        table.append("</tr></thead><tbody>\n");
        for (T row : rows) {
            table.append(ours.test(row) ? "<tr class=\"ours\">" : "<tr>");
            for (Column<T> c : columns) table.append(cell("td", c.cell.apply(row), c.link.apply(row)));
            table.append("</tr>\n");
        }
        return table.append("</tbody></table></div>\n").toString();
    }

    /** Names and what they stand for. */
    static String words(Map<String, String> rows) {
        return rows.entrySet().stream().map(e -> "<tr>" + cell("td", e.getKey()) + cell("td", e.getValue()) + "</tr>\n")
                .collect(Collectors.joining("", "<table class=\"words\"><tbody>\n", "</tbody></table>\n"));
    }

    /** A picture with its title and caption. */
    static String figure(Figure figure) {
        return Format.of("""
                <figure id="%s"><div class="scroll"><img alt="%s" width="%d" src="%s"/></div>
                <figcaption><b>%2$s.</b> %5$s</figcaption></figure>
                """, escape(figure.file().replaceFirst("\\.[a-z]+$", "")), escape(figure.title()),
                figure.content().width(), data(figure.content().type(), figure.content().bytes()),
                escape(figure.caption()));
    }

    /** The bytes as an address: a page that holds them needs no other file. */
    static String data(String type, byte[] bytes) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    static String page(String title, String body) {
        return Format.of("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body><main>
                %s</main></body>
                </html>
                """, escape(title), STYLE, body);
    }

    /** A way to another page. */
    static String link(String address, String text) {
        return "<a href=\"" + escape(address) + "\">" + escape(text) + "</a>";
    }

    private static String cell(String tag, String text) {
        return cell(tag, text, "");
    }

    private static String cell(String tag, String text, String address) {
        String[] lines = text.split("\n", 2);
        String small = lines.length == 1 || lines[1].isEmpty() ? "" : "<small>" + escape(lines[1]) + "</small>";
        String first = address.isEmpty() ? escape(lines[0]) : link(address, lines[0]);
        return "<" + tag + ">" + first + small + "</" + tag + ">";
    }
}
