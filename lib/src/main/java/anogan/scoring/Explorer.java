package anogan.scoring;

import anogan.FloatArray;
import anogan.dcgan.Dcgan;
import anogan.mapping.FrozenNetworks;
import anogan.mapping.Mapped;
import anogan.mapping.Mapper;
import anogan.mapping.MappingEngine;
import anogan.mapping.MappingOptions;
import anogan.mapping.Nd4jEngine;
import java.util.ArrayList;
import java.util.List;

/** A trained pair opened for looking: what G draws at any z, and a descent with every one of its steps. For notebooks, where a handful of patches is shown. */
public final class Explorer {
    private Explorer() { }

    /**
     * The way of one query to its z.
     *
     * @param images Γ + 1 pictures G(z), S × S in [−1, 1]: the start, and after each step
     * @param losses L(z) for each of them
     * @param end    where it ended
     */
    public record Descent(List<float[]> images, double[] losses, Mapped end) { }

    /** G(z) for each z: n × 1 × S × S in [−1, 1]. */
    public static FloatArray draw(Dcgan pair, List<float[]> z) {
        int size = pair.architecture().size();
        int latent = pair.architecture().latent();
        float[] all = new float[z.size() * latent];
        for (int i = 0; i < z.size(); i++) System.arraycopy(z.get(i), 0, all, i * latent, latent);
        FloatArray images = FloatArray.zeros(z.size(), 1, size, size);
        try (MappingEngine engine = new Nd4jEngine(FrozenNetworks.of(pair), z.size())) {
            engine.forward(all, images.data(), new float[z.size() * pair.architecture().features()]);
        }
        return images;
    }

    /** Maps one query and keeps everything; restarts are not recorded. */
    public static Descent descend(Dcgan pair, MappingOptions options, Mapper.Query query) {
        FrozenNetworks networks = FrozenNetworks.of(pair);
        int pixels = query.pixels().length;
        List<float[]> images = new ArrayList<>();
        double[] losses = new double[options.steps() + 1];
        try (MappingEngine engine = new Nd4jEngine(networks, 1)) {
            Mapped end = new Mapper(networks, engine, options).map(List.of(query), (step, shown, loss) -> {
                images.add(java.util.Arrays.copyOf(shown, pixels));
                losses[step] = loss[0];
            }).get(0);
            return new Descent(images, losses, end);
        }
    }
}
