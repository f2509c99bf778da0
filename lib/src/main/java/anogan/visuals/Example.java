package anogan.visuals;

import anogan.mapping.MappingResult;
import anogan.patches.Patch;
import anogan.patches.Patches;
import anogan.scoring.FrozenRun;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A patch beside what G made of it.
 *
 * @param patch  where it is cut
 * @param query  x: S × S in [−1, 1]
 * @param mapped G(z_Γ) and the scores
 */
record Example(Patch patch, float[] query, MappingResult mapped) {
    /** The patches mapped again, in their order. */
    static List<Example> of(FrozenRun frozen, List<Patch> patches) {
        List<MappingResult> mapped = frozen.map(patches);
        return IntStream.range(0, patches.size())
                .mapToObj(i -> new Example(patches.get(i), frozen.query(patches.get(i)), mapped.get(i))).toList();
    }

    int size() {
        return (int) Math.round(Math.sqrt(query.length));
    }

    /** |x − G(z_Γ)|. */
    float[] residual() {
        float[] residual = new float[query.length];
        for (int i = 0; i < residual.length; i++) residual[i] = Math.abs(query[i] - mapped.generated()[i]);
        return residual;
    }

    BufferedImage picture() {
        return Heat.patch(query, 0, size());
    }

    /** G(z_Γ). */
    BufferedImage drawn() {
        return Heat.patch(mapped.generated(), 0, size());
    }

    /** The residual in red over x. */
    BufferedImage overlay(double scale) {
        return Heat.red(Heat.greyLevels(query, 0, size()), residual(), size(), size(), scale);
    }

    /** The heat that is shown strongest: more than almost any pixel of these examples. */
    static double scale(List<Example> normal) {
        int area = normal.get(0).query.length;
        float[] all = new float[normal.size() * area];
        for (int k = 0; k < normal.size(); k++) System.arraycopy(normal.get(k).residual(), 0, all, k * area, area);
        return Heat.scale(all);
    }

    /** The annotated pixels of a patch. */
    static boolean[] mask(Patches patches, Patch patch) {
        int size = patches.options().size();
        boolean[] strip = patches.mask(patch.scan());
        boolean[] mask = new boolean[size * size];
        for (int y = 0; y < size; y++)
            System.arraycopy(strip, (patch.row() + y) * patches.stripWidth() + patch.column(), mask, y * size, size);
        return mask;
    }
}
