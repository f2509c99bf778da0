///usr/bin/env jbang "$0" "$@" ; exit $?
//SOURCES ../lib/AnoGan.java

import anogan.Cohort;
import anogan.Detector;
import anogan.scans.ListedElsewhere;
import anogan.scans.Scans;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the driver of a cohort holds of its scans, for data/results/cohort.md: MODEL FOLDER. */
class ListingTrial {
    private static final int A_TASK = 50;

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    public static void main(String... args) throws IOException {
        Detector detector = Detector.load(Path.of(args[0]));
        long before = heap();
        long start = System.nanoTime();
        Scans.Listing listing = Cohort.list(detector, Scans.each(List.of(Path.of(args[1]))));
        double seconds = (System.nanoTime() - start) / 1e9;
        long stays = heap() - before;
        int scans = listing.scans().size();
        List<ListedElsewhere> shares = ListedElsewhere.shares(listing, Math.max(1, scans / A_TASK));
        long dealt = heap() - before;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(shares.get(0));
        }
        String most = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(l -> l.startsWith("VmHWM"))
                .findFirst().orElse("").replaceAll("\\D", "");
        System.out.printf(Locale.ROOT,
                "%d scans: %.1f s, heap that stays %d MB, with what is dealt out %d MB, resident at most %d MB, "
                        + "%d bytes a task%n",
                scans, seconds, stays, dealt, Long.parseLong(most) >> 10, bytes.size());
        listing.close();
    }
}
