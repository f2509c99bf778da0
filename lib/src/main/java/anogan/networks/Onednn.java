package anogan.networks;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * oneDNN's primitives on ND4J's arrays: what training spends its time on. Native memory goes with its Java object, when
 * that is collected.
 */
final class Onednn {
    private final engine cpu = new engine(engine.kind.cpu, 0);
    private final stream stream = new stream(cpu);

    engine cpu() {
        return cpu;
    }

    /** An array in the order that ND4J has by default: N×C×H×W, the last index runs fastest. */
    static memory.desc plain(long... shape) {
        memory.format_tag tag = shape.length == 4 ? memory.format_tag.abcd
                : shape.length == 2 ? memory.format_tag.ab
                : memory.format_tag.a;
        return new memory.desc(shape, memory.data_type.f32, tag);
    }

    /** N×C×H×W in shape, N×H×W×C in memory. */
    static memory.desc channelsLast(long... shape) {
        return new memory.desc(shape, memory.data_type.f32, memory.format_tag.acdb);
    }

    /** Whatever layout the primitive likes best. */
    static memory.desc any(long... shape) {
        return new memory.desc(shape, memory.data_type.f32, memory.format_tag.any);
    }

    /** The array itself if its numbers lie in the order of its indices without gaps, else a copy that does. */
    static INDArray ordered(INDArray array) {
        long step = 1;
        for (int i = array.rank() - 1; i >= 0; i--) {
            if (array.size(i) > 1 && array.stride(i) != step) return array.dup('c');
            step *= array.size(i);
        }
        return array;
    }

    /** One primitive with places for arrays; {@link #run} takes them in the order in which the places were added. */
    final class Operation {
        private final primitive primitive;
        private final IntMemoryMap arguments = new IntMemoryMap();
        private final List<Place> places = new ArrayList<>();

        /**
         * @param before moves what was given into the primitive's layout, {@code after} back; null where the layouts
         *               are the same
         */
        private record Place(memory given, memory inner, reorder before, reorder after) {}

        Operation(primitive primitive) {
            this.primitive = primitive;
        }

        Operation reads(int argument, memory.desc given, memory.desc inner) {
            return place(argument, given, inner, true);
        }

        Operation writes(int argument, memory.desc given, memory.desc inner) {
            return place(argument, given, inner, false);
        }

        private Operation place(int argument, memory.desc given, memory.desc inner, boolean read) {
            memory outside = new memory(given, cpu, new Pointer());   // an array's address is set at each run
            if (given.equals(inner)) {
                arguments.put(argument, outside);
                places.add(new Place(outside, outside, null, null));
            } else {
                memory inside = new memory(inner, cpu);
                arguments.put(argument, inside);
                places.add(new Place(outside, inside, read ? new reorder(outside, inside) : null,
                        read ? null : new reorder(inside, outside)));
            }
            return this;
        }

        void run(INDArray... arrays) {
            for (int i = 0; i < arrays.length; i++) {
                Place p = places.get(i);
                p.given.set_data_handle(arrays[i].data().addressPointer());
                if (p.before != null) p.before.execute(stream, p.given, p.inner);
            }
            primitive.execute(stream, arguments);
            for (Place p : places) if (p.after != null) p.after.execute(stream, p.inner, p.given);
            stream._wait();
        }
    }
}
