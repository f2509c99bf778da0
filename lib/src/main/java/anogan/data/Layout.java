package anogan.data;

import anogan.UserError;
import java.nio.file.Path;

/** The ways in which scans lie that {@code prepare} and {@code data check} know by name. */
public enum Layout {
    phantom, octdl, folder, oct2017, mvtec, bmad, manifest, medmnist, idx;

    /** Rows that Kermany's scans are resized to for patches of 64: their pixels are half as high as OCTDL's. */
    private static final int OCT2017_ROWS = 234;

    /**
     * The source of that layout.
     *
     * @param scans   folder, archive, table or array; not for the phantom, which has a source of its own
     * @param patient regular expression that finds the patient in a file name, or {@code null} for the layout's own
     */
    public ScanSource source(Path scans, String patient) {
        if (this != phantom && scans == null) throw UserError.usage("--layout %s needs --scans.", this);
        return switch (this) {
            case phantom -> throw new IllegalArgumentException("the phantom is drawn, not read");
            case octdl -> new OctdlSource(scans);
            case folder, oct2017 -> new FolderSource(scans, patient == null ? FolderSource.SECOND_FIELD : patient);
            case mvtec, bmad -> new BenchmarkSource(scans, patient);
            case manifest -> new ManifestSource(scans);
            case medmnist, idx -> new ArraySource(scans);
        };
    }

    /** Whether the pictures show a retina that can be flattened, rather than things or digits. */
    public boolean flattens() {
        return this != mvtec && this != medmnist && this != idx;
    }

    /** Rows that scans are resized to where nobody says otherwise; 0: by the same ratio as the width. */
    public int rows(int size) {
        return this == oct2017 ? OCT2017_ROWS * size / 64 : 0;
    }
}
