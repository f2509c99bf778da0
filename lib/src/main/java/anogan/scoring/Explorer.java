package anogan.scoring;

import anogan.io.FloatArray;
import anogan.mapping.Mapper;
import anogan.mapping.MappingOptions;
import anogan.mapping.MappingResult;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Encoder;
import anogan.networks.FrozenNetworks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A trained pair opened for looking: what G draws at any z, and a descent with every one of its steps. For notebooks,
 * where a handful of patches is shown.
 */
public final class Explorer {
    private Explorer() {}

    /**
     * The way of one query to its z.
     *
     * @param images pictures G(z), S × S in [−1, 1]: the start, and after each step
     * @param losses L(z) for each of them
     * @param end    where it ended
     */
    public record Descent(List<float[]> images, double[] losses, MappingResult end) {}

    /** G(z) for each z: n × 1 × S × S in [−1, 1]. */
    public static FloatArray draw(Dcgan pair, List<float[]> z) {
        int size = pair.architecture().size();
        FloatArray images = FloatArray.zeros(z.size(), 1, size, size);
        try (Mapper mapper = new Mapper(FrozenNetworks.of(pair), MappingOptions.paper(), Compute.defaults())) {
            List<float[]> drawn = mapper.generate(z);
            for (int i = 0; i < z.size(); i++)
                System.arraycopy(drawn.get(i), 0, images.data(), i * size * size, size * size);
        }
        return images;
    }

    /** Maps one query and keeps everything: of several starts, the descent of the best. */
    public static Descent descend(Dcgan pair, MappingOptions options, Mapper.Query query) {
        return descend(pair, Optional.empty(), options, query);
    }

    /** The same with an encoder, where the options have the descent start. */
    public static Descent descend(Dcgan pair, Encoder encoder, MappingOptions options, Mapper.Query query) {
        return descend(pair, Optional.of(FrozenNetworks.of(pair, encoder)), options, query);
    }

    private static Descent descend(Dcgan pair, Optional<FrozenNetworks> encoder, MappingOptions options,
            Mapper.Query query) {
        List<List<float[]>> images = Stream.generate(() -> (List<float[]>) new ArrayList<float[]>())
                .limit(options.restarts()).toList();
        double[][] losses = new double[options.restarts()][options.steps() + 1];
        try (Mapper mapper = new Mapper(FrozenNetworks.of(pair), encoder, options, Compute.defaults().withBatch(1))) {
            MappingResult end = mapper.map(List.of(query), (number, step, now, loss) -> {
                images.get(now.start()).add(now.generated());
                losses[now.start()][step] = loss;
            }).get(0);
            List<float[]> best = images.get(end.start());
            return new Descent(best, Arrays.copyOf(losses[end.start()], best.size()), end);
        }
    }
}
