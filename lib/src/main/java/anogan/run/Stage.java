package anogan.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@code run.json} keeps of a stage: enough to do it again, and to see whether what it was made of is still there.
 *
 * @param options      as it was asked for
 * @param seconds      wall time, all parts of an interrupted stage together
 * @param commits      of this library, one after the other if it was interrupted and gone on with by another; empty if
 *                     nobody knows
 * @param machine      that did it, or its last part; empty if nobody knows
 * @param fingerprints of what it rests on, by name: {@code model} of a training (which made it), a mapping and a sweep,
 *                     {@code encoder} where they began at one, and the tables that an analysis read
 */
public record Stage(Object options, double seconds, List<String> commits, Map<String, String> machine,
        Map<String, String> fingerprints) {
    /** The fingerprint of the pair of networks goes by this name. */
    public static final String MODEL = "model";
    /** The fingerprint of an encoder, its stage and its folder go by this name. */
    public static final String ENCODER = "encoder";

    public Stage {
        commits = commits == null ? List.of() : List.copyOf(commits);
        machine = machine == null ? Map.of() : machine;
        fingerprints = fingerprints == null ? Map.of() : fingerprints;
        seconds = Math.round(seconds * 10) / 10.0;
    }

    /** A stage that this program does now, on this machine. */
    public static Stage here(Object options, double seconds, Map<String, String> fingerprints) {
        return new Stage(options, seconds, Machine.commit().stream().toList(), Machine.here(), fingerprints);
    }

    /** This part of a stage, which {@code before} was the part before of. */
    Stage after(Stage before) {
        Map<String, String> all = new LinkedHashMap<>(before.fingerprints);
        all.putAll(fingerprints);
        return new Stage(options, before.seconds + seconds,
                Stream.concat(before.commits.stream(), commits.stream()).distinct().toList(), machine, all);
    }
}
