package anogan.networks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import anogan.io.FloatArray;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of {@link OnnxExport} as onnxruntime reads and computes it. */
public final class OnnxModel implements AutoCloseable {
    private final OrtSession session;

    /** Skips the test where onnxruntime has no library. */
    public OnnxModel(Path file) throws OrtException {
        session = environment().createSession(file.toString(), new OrtSession.SessionOptions());
    }

    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError e) {
            assumeTrue(false, "onnxruntime has no library for this platform");
            throw e;
        }
    }

    public Map<String, String> metadata() throws OrtException {
        return session.getMetadata().getCustomMetadata();
    }

    /** All outputs, by their names. */
    public Map<String, FloatArray> run(Map<String, FloatArray> inputs) throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            for (var input : inputs.entrySet()) {
                tensors.put(input.getKey(),
                        OnnxTensor.createTensor(environment(), FloatBuffer.wrap(input.getValue().data()),
                                Arrays.stream(input.getValue().shape()).asLongStream().toArray()));
            }
            Map<String, FloatArray> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(tensors)) {
                for (var output : result) {
                    OnnxTensor tensor = (OnnxTensor) output.getValue();
                    float[] data = new float[tensor.getFloatBuffer().remaining()];
                    tensor.getFloatBuffer().get(data);
                    int[] shape = Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
                    outputs.put(output.getKey(), new FloatArray(data, shape));
                }
            }
            return outputs;
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
