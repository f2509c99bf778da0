package anogan.ui;

import java.util.Locale;

/** A progress bar in HTML below a notebook's cell: drawn anew in its place a few times a second. */
final class NotebookBar implements Progress.Bar {
    private static final long PAUSE = 250_000_000L;   // ns between two drawings: nobody's eyes need more

    private final Kernel kernel;
    private final String task;
    private final String unit;
    private final long begun = System.nanoTime();
    private final long before;
    private final long total;
    private final String id;
    private long done;
    private long drawn = begun;
    private String words = "";

    NotebookBar(Kernel kernel, String task, long done, long total, String unit) {
        this.kernel = kernel;
        this.task = task;
        this.unit = unit;
        this.before = done;
        this.done = done;
        this.total = total;
        this.id = kernel.display(html(false), "text/html");
    }

    @Override
    public synchronized void add(long units) {
        done += units;
        if (System.nanoTime() - drawn > PAUSE) draw(false);
    }

    @Override
    public synchronized void say(String newWords) {
        words = newWords;
    }

    @Override
    public synchronized void close() {
        draw(true);
    }

    private void draw(boolean last) {
        drawn = System.nanoTime();
        kernel.update(id, html(last), "text/html");
    }

    private String html(boolean last) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        double rate = (done - before) / Math.max(seconds, 1e-3);
        String time = last ? clock(seconds) : rate > 0 ? clock((total - done) / rate) + " left" : "";
        String colour = last && done < total ? "#D55E00" : "#0072B2";
        return String.format(Locale.ROOT, """
                <div style="font-family:monospace;white-space:nowrap">\
                <span style="display:inline-block;min-width:9em">%s</span>\
                <span style="display:inline-block;width:240px;height:10px;background:#E3E8EE;margin:0 10px">\
                <span style="display:block;width:%.1f%%;height:10px;background:%s"></span></span>\
                %,d of %,d %s · %s · %s%s</div>""", escape(task),
                total == 0 ? 100 : 100.0 * Math.min(done, total) / total, colour, done, total, escape(unit),
                String.format(Locale.ROOT, rate < 10 ? "%.1f/s" : "%.0f/s", rate), time,
                words.isEmpty() ? "" : " · " + escape(words));
    }

    private static String clock(double seconds) {
        long s = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
