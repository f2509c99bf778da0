package anogan.networks;

import anogan.io.AtomicFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A computation in the Open Neural Network Exchange format (onnx.ai, {@code onnx.proto}): nodes in the order in which
 * they are computed, each an operator from named values to one value of the node's own name. Numbers are float32.
 */
final class OnnxGraph {
    /** An extent that the user chooses: how many images or points there are. */
    static final int N = -1;
    /** The format of November 2020, and the operators that came with it; everything since reads them. */
    private static final int IR_VERSION = 7;
    private static final int OPERATORS = 13;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final String name;
    private final String description;
    private final Protobuf graph = new Protobuf();

    OnnxGraph(String name, String description) {
        this.name = name;
        this.description = description;
    }

    String name() {
        return name;
    }

    /** @param shape extents, {@link #N} among them; none for a single number */
    String input(String value, String meaning, int... shape) {
        graph.message(11, valueInfo(value, meaning, shape));
        return value;
    }

    void output(String value, String meaning, int... shape) {
        graph.message(12, valueInfo(value, meaning, shape));
    }

    /** Numbers that belong to the graph; without a shape a single one. */
    String constant(String value, float[] numbers, int... shape) {
        Protobuf tensor = new Protobuf();
        for (int extent : shape) tensor.integer(1, extent);
        graph.message(5, tensor.integer(2, FLOAT).text(8, value).numbers(9, numbers));
        return value;
    }

    /** A row of integers, such as a shape. */
    String integers(String value, long... numbers) {
        Protobuf tensor = new Protobuf().integer(1, numbers.length).integer(2, INT64).text(8, value);
        for (long number : numbers) tensor.integer(7, number);
        graph.message(5, tensor);
        return value;
    }

    /** @return the name again, for the nodes after it */
    String node(String value, String operator, List<String> inputs, Protobuf... attributes) {
        Protobuf node = new Protobuf();
        for (String input : inputs) node.text(1, input);
        node.text(2, value).text(3, value).text(4, operator);
        for (Protobuf attribute : attributes) node.message(5, attribute);
        graph.message(1, node);
        return value;
    }

    static Protobuf attribute(String name, float value) {
        return new Protobuf().text(1, name).real(2, value).integer(20, 1);
    }

    static Protobuf attribute(String name, int value) {
        return new Protobuf().text(1, name).integer(3, value).integer(20, 2);
    }

    static Protobuf attribute(String name, int... values) {
        Protobuf attribute = new Protobuf().text(1, name);
        for (int value : values) attribute.integer(8, value);
        return attribute.integer(20, 7);
    }

    /** Ends the graph and writes it. */
    void write(Path file, Map<String, String> metadata) {
        Protobuf model = new Protobuf().integer(1, IR_VERSION).text(2, "AnoGAN for the JVM").text(6, description)
                .message(7, graph.text(2, name)).message(8, new Protobuf().text(1, "").integer(2, OPERATORS));
        metadata.forEach((key, value) -> model.message(14, new Protobuf().text(1, key).text(2, value)));
        AtomicFiles.write(file, model::writeTo);
    }

    private static Protobuf valueInfo(String name, String meaning, int... shape) {
        Protobuf extents = new Protobuf();
        for (int extent : shape) {
            Protobuf dimension = new Protobuf();
            extents.message(1, extent == N ? dimension.text(2, "N") : dimension.integer(1, extent));
        }
        Protobuf tensor = new Protobuf().integer(1, FLOAT).message(2, extents);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor)).text(3, meaning);
    }
}
