package anogan.patches;

import anogan.scans.GrayImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Looks for text that was burnt into a scan: light marks of the size of letters, of about one height, in a line.
 * Speckle makes smaller marks, layers longer ones, and neither stands in line.
 */
final class BurntText {
    private static final int LIGHT = 200;
    private static final int SMALLEST = 6;     // rows of a letter, in pictures of any size,
    private static final int LARGEST = 48;     // and at most
    private static final double FILLED = 0.12; // share of its box that a letter covers

    /** The box of connected light pixels. */
    private record Mark(int left, int top, int right, int bottom, int pixels) {
        int height() {
            return bottom - top + 1;
        }

        boolean isLetter() {
            int width = right - left + 1;
            return height() >= SMALLEST && height() <= LARGEST && width <= 1.5 * height()
                    && pixels >= FILLED * width * height() && pixels < 0.95 * width * height();
        }

        /** Whether another mark is the next letter of the same line. */
        boolean isBefore(Mark next) {
            int gap = next.left - right;
            return gap > 0 && gap <= height() && Math.abs(next.bottom - bottom) <= 0.3 * height()
                    && Math.abs(next.height() - height()) <= 0.5 * height();
        }
    }

    private BurntText() {}

    /** How many letters the longest line of text has. */
    static int longestLine(GrayImage scan) {
        List<Mark> letters = marks(scan).stream().filter(Mark::isLetter).sorted(Comparator.comparing(Mark::left))
                .toList();
        int[] length = new int[letters.size()];
        Arrays.fill(length, 1);
        for (int i = 0; i < length.length; i++) {
            for (int j = 0; j < i; j++)
                if (letters.get(j).isBefore(letters.get(i))) length[i] = Math.max(length[i], length[j] + 1);
        }
        return Arrays.stream(length).max().orElse(0);
    }

    private static List<Mark> marks(GrayImage scan) {
        int w = scan.width();
        boolean[] seen = new boolean[scan.pixels().length];
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < seen.length; i++)
            if (!seen[i] && scan.pixels()[i] >= LIGHT) marks.add(grown(scan, i, seen, w));
        return marks;
    }

    private static Mark grown(GrayImage scan, int start, boolean[] seen, int w) {
        Deque<Integer> open = new ArrayDeque<>(List.of(start));
        seen[start] = true;
        Mark mark = new Mark(start % w, start / w, start % w, start / w, 0);
        while (!open.isEmpty()) {
            int at = open.pop();
            int x = at % w;
            int y = at / w;
            mark = new Mark(Math.min(mark.left, x), Math.min(mark.top, y), Math.max(mark.right, x),
                    Math.max(mark.bottom, y), mark.pixels + 1);
            for (int ny = Math.max(0, y - 1); ny <= Math.min(scan.height() - 1, y + 1); ny++) {
                for (int nx = Math.max(0, x - 1); nx <= Math.min(w - 1, x + 1); nx++) {
                    int next = ny * w + nx;
                    if (seen[next] || scan.pixels()[next] < LIGHT) continue;
                    seen[next] = true;
                    open.push(next);
                }
            }
        }
        return mark;
    }
}
