package anogan.scans;

import anogan.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several shares of the same data set, such as the third of eight. Shares are runs of the listing: joined in
 * their order they are the whole. The scans of a volume, and those of an archive, are in one share, so that a share may
 * be larger than another, or empty.
 *
 * @param number which, from 1
 * @param of     how many there are
 */
public record Share(int number, int of) {
    private static final Pattern WORDS = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    public Share {
        if (number < 1 || number > of)
            throw UserError.usage("A share is one from 1/%d to %1$d/%1$d, not %d/%d.", Math.max(of, 1), number, of);
    }

    /** @throws UserError if the words are not as in {@code 3/8} */
    public static Share of(String words) {
        Matcher m = WORDS.matcher(words.strip());
        if (!m.matches()) throw UserError.usage("A share is called as in 3/8, the third of eight, not \"%s\".", words);
        return new Share(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
    }

    /** This share of a list. */
    List<Scans.Listed> of(List<Scans.Listed> scans) {
        return all(scans, of).get(number - 1);
    }

    /** All shares of a list. */
    static List<List<Scans.Listed>> all(List<Scans.Listed> scans, int of) {
        int[] ends = ends(scans);
        List<List<Scans.Listed>> shares = new ArrayList<>();
        for (int i = 0, from = 0; i < of; i++) {
            int to = from;
            while (to < ends.length && (long) to * of / ends.length == i) to = ends[to];
            shares.add(scans.subList(from, to));
            from = to;
        }
        return shares;
    }

    /** For each index at which a block of scans that stay together begins: where the block ends. */
    private static int[] ends(List<Scans.Listed> scans) {
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < scans.size(); i++) last.put(whole(scans.get(i)), i);
        int[] ends = new int[scans.size()];
        for (int i = 0; i < ends.length; i = ends[i]) {
            int end = i + 1;
            for (int j = i; j < end; j++) end = Math.max(end, last.get(whole(scans.get(j))) + 1);
            ends[i] = end;
        }
        return ends;
    }

    /** What a scan stays together with: the other scans of its archive or volume, or nothing. */
    private static String whole(Scans.Listed scan) {
        String volume = scan.attributes().getOrDefault("volume", "");
        String root = scan.place().map(p -> p.root().toString()).orElse("");
        if (scan.place().filter(p -> p.root().archived()).isPresent()) return "archive " + root;
        return volume.isEmpty() ? "file " + root + " " + scan.file() : "volume " + root + " " + volume;
    }
}
