package anogan.dcgan;

import anogan.patches.Patches;
import anogan.patches.PixelOptions;
import anogan.patches.PrepareOptions;
import anogan.phantom.PhantomScans;
import java.nio.file.Path;
import java.util.List;

/**
 * The smallest prepared folder that has everything: phantom scans of four eyes, two to train on, one for validation,
 * one to test with two lesions; 32 pixels.
 */
public final class TinyPatches {
    private TinyPatches() {}

    public static Patches prepare(Path folder, long seed) {
        PrepareOptions options = new PrepareOptions(32, 0, 0, 0.0, 0, true, 0, 0.15, 0.2,
                PrepareOptions.defaults().normalClasses(), seed, 0, List.of(), PixelOptions.defaults());
        return Patches.prepare(new PhantomScans(2, 1, 1, 1), options, folder);
    }
}
