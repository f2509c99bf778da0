package anogan.dcgan;

import anogan.data.PatchFolder;
import anogan.data.PhantomSource;
import anogan.data.Preparation;
import anogan.data.PrepareOptions;
import java.nio.file.Path;

/** The smallest prepared folder that has everything: phantom scans of four eyes, two to train on, one for validation, one to test with two lesions; 32 pixels. */
public final class TinyPatches {
    private TinyPatches() { }

    public static PatchFolder prepare(Path folder, long seed) {
        PrepareOptions options = new PrepareOptions(32, 0, 0, 0, true, 0, 0.15, 0.2, PrepareOptions.NORMAL_CLASSES, seed, 0);
        return Preparation.run(new PhantomSource(2, 1, 1, 1), options, folder);
    }
}
