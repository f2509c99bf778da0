package anogan.dcgan;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The batches of a {@link PatchSource} as arrays: n × 1 × S × S. */
record RealPatches(PatchSource source, int size) {
    INDArray batch(long step, int n) {
        float[] pixels = new float[n * size * size];
        source.fill(step, n, pixels);
        return Nd4j.create(pixels, new long[] {n, 1, size, size}, 'c');
    }
}
