package anogan.scoring;

import anogan.UserError;
import anogan.io.FloatArray;
import anogan.io.Npy;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The maps that a run holds of its scans, {@code maps/<scan>.npy}: {@link Plane#OURS} × height × width of the scan's
 * own pixels, NaN where the strip does not reach.
 */
public record ScanMaps(RunFolder run, Patches patches) {
    public Path file(int scan) {
        return run.file("maps/" + patches.scans().get(scan).scan() + ".npy");
    }

    public boolean has(int scan) {
        return Files.exists(file(scan));
    }

    /**
     * The planes of a scan.
     *
     * @throws UserError if the file is missing or not of the scan's extents
     */
    public List<float[]> of(int scan) {
        ScanInfo info = patches.scans().get(scan);
        FloatArray planes = Npy.read(file(scan));
        int[] shape = planes.shape();
        if (shape.length != 3 || shape[1] != info.height() || shape[2] != info.width()) throw UserError.failure(
                "%s has the shape %s, but the scan has %d x %d pixels. Delete it and make it anew with stage map.",
                file(scan), Arrays.toString(shape), info.height(), info.width());
        int area = info.height() * info.width();
        return IntStream.range(0, shape[0]).mapToObj(p -> Arrays.copyOfRange(planes.data(), p * area, (p + 1) * area))
                .toList();
    }

    /**
     * What G drew of a scan, in its own pixels, 0 to 255, NaN where the strip does not reach; empty where the descents'
     * residuals were removed.
     */
    public Optional<float[]> drawn(int scan) {
        Path file = run.file("mapping/strips/" + patches.scans().get(scan).scan() + ".npy");
        if (!Files.exists(file)) return Optional.empty();
        float[] drawn = patches.strip(scan);
        float[] residual = ResidualMaps.read(patches, scan, file).signed();
        for (int i = 0; i < drawn.length; i++) drawn[i] -= residual[i] * 127.5f;
        return Optional.of(patches.unflatten(scan, drawn).data());
    }
}
