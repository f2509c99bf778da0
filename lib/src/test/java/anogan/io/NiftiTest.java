package anogan.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NiftiTest {
    private static final Path NIBABEL = Path.of("src/test/resources/formats/maps.nii");   // formats/nifti.py made it

    /** The same array as nibabel saved, without an orientation. */
    @Test
    void theFileIsThatOfNibabel(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("maps.nii.gz");
        Nifti.write(file, 5, 4, 3, 2, "what it is", (volume, slice) -> {
            float[] numbers = new float[20];
            for (int i = 0; i < 20; i++) numbers[i] = (volume * 60 + slice * 20 + i) / 7f;
            if (volume == 1 && slice == 0) numbers[2 * 5 + 1] = Float.NaN;
            return numbers;
        });
        byte[] ours = new GZIPInputStream(Files.newInputStream(file)).readAllBytes();
        byte[] theirs = withoutOrientation(Files.readAllBytes(NIBABEL));
        assertArrayEquals(theirs, ours);
    }

    /** nibabel says that the numbers are as it shows them (sform 0 with a matrix); we say nothing of it. */
    private static byte[] withoutOrientation(byte[] file) {
        ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        b.putFloat(76, 1);                                        // pixdim[0], the sign of a rotation that is none
        for (int at = 252; at < 328; at += 4) b.putInt(at, 0);   // qform_code to srow_z
        return b.array();
    }

    @Test
    void whatAHeaderCannotHoldIsRefused(@TempDir Path folder) {
        Path file = folder.resolve("x.nii.gz");
        assertThrows(IllegalArgumentException.class,
                () -> Nifti.write(file, 40_000, 1, 1, 1, "", (v, s) -> new float[40_000]));
        assertThrows(IllegalArgumentException.class,
                () -> Nifti.write(file, 1, 1, 1, 1, "x".repeat(80), (v, s) -> new float[1]));
    }
}
