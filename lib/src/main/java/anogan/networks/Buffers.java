package anogan.networks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer's results, in arrays that it uses again at the next step: fresh memory costs as much as filling it. */
final class Buffers {
    private final Map<String, INDArray> arrays = new HashMap<>();

    INDArray get(String name, long... shape) {
        return arrays.compute(name, (n, known) -> known != null && Arrays.equals(known.shape(), shape) ? known
                : Nd4j.createUninitialized(DataType.FLOAT, shape, 'c'));
    }
}
