package anogan.scoring;

import anogan.io.Nifti;
import anogan.io.Npy;
import anogan.patches.Patches;
import anogan.patches.ScanInfo;
import anogan.patches.Volume;
import anogan.run.RunFolder;
import anogan.scans.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The residual maps of a run for viewers of volumes: {@code maps/<scan>.nii.gz} beside each {@code maps/<scan>.npy} or,
 * for slices of volumes, {@code maps/volumes/<volume>.nii.gz}. The planes ({@link Plane#OURS}) are the fourth extent.
 */
public final class NiftiMaps {
    private static final String DESCRIPTION = "AnoGAN maps: "
            + Plane.OURS.stream().map(Plane::word).collect(Collectors.joining(", "));

    private NiftiMaps() {}

    /**
     * @return                  the files
     * @throws anogan.UserError if the run was not mapped
     */
    public static List<Path> write(RunFolder run, Patches patches) {
        run.require("maps", "map");
        List<Path> files = new ArrayList<>();
        Set<ScanInfo> slices = new HashSet<>();
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            for (Volume v : Volume.of(patches, split)) {
                if (!Files.exists(run.file("maps/volumes/" + v.name() + ".npy"))) continue;
                files.add(write(run, "volumes/" + v.name(), v.slices()));
                slices.addAll(v.slices());
            }
        }
        for (ScanInfo scan : patches.scans()) if (!slices.contains(scan) && Files.exists(map(run, scan)))
            files.add(write(run, scan.scan(), List.of(scan)));
        return files;
    }

    private static Path write(RunFolder run, String name, List<ScanInfo> slices) {
        Path file = run.file("maps/" + name + ".nii.gz");
        int width = slices.get(0).width();
        int height = slices.get(0).height();
        int planes = Npy.readHeader(map(run, slices.get(0))).shape()[0];
        int area = width * height;
        Nifti.write(file, width, height, slices.size(), planes, DESCRIPTION, (plane, slice) -> Arrays
                .copyOfRange(Npy.read(map(run, slices.get(slice))).data(), plane * area, (plane + 1) * area));
        return file;
    }

    private static Path map(RunFolder run, ScanInfo scan) {
        return run.file("maps/" + scan.scan() + ".npy");
    }
}
