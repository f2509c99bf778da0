package anogan.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.FrozenNetworks;
import anogan.networks.Pairs;
import anogan.networks.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both engines descend the same way. */
class EnginesAgreeTest {
    private static final int N = 12;

    @BeforeAll
    static void both() {
        TestEngines.assumeLoads(Compute.Engine.ONEDNN);
    }

    static Map<String, Dcgan> pairs() {
        return Map.of("32 pixels", Dcgan.load(GoldenMappingTest.GOLDEN.resolve("model")), "64 pixels",
                Pairs.trained(64, 16, 0.25, 8));
    }

    private static List<MappingResult> map(Dcgan pair, Compute.Engine engine, MappingOptions options) {
        int pixels = pair.architecture().size() * pair.architecture().size();
        List<Mapper.Query> queries = new ArrayList<>();
        for (int i = 0; i < N; i++) queries.add(new Mapper.Query("scan " + i, PlainMapping.random(i, pixels)));
        try (Mapper mapper = new Mapper(FrozenNetworks.of(pair), options, new Compute(engine, 2, 16))) {
            return mapper.map(queries);
        }
    }

    /** −log D(G(z)) alone is a smooth loss: no residual changes sign, and rounding stays rounding. */
    @Test
    void theSameZAfterTenStepsOfASmoothLoss() {
        var options = new MappingOptions(new MappingLoss.Reference(1), new Optimiser.Adam(0.05), 10, 0, 1,
                Precision.F32, 1);
        pairs().forEach((name, pair) -> {
            List<MappingResult> onednn = map(pair, Compute.Engine.ONEDNN, options);
            List<MappingResult> nd4j = map(pair, Compute.Engine.ND4J, options);
            for (int i = 0; i < N; i++) {
                for (int k = 0; k < onednn.get(i).z().length; k++)
                    assertEquals(nd4j.get(i).z()[k], onednn.get(i).z()[k], 1e-4, name);
            }
        });
    }

    /**
     * With Σ|x − G(z)| a residual near zero that rounding puts on the other side turns its share of the gradient round,
     * and two descents part company little by little. What is compared after Γ steps is therefore what they reach, not
     * where they stand: each query's score, and the mean of all.
     */
    @Test
    void theSameScoresAfterAWholeDescent() {
        var options = new MappingOptions(new MappingLoss.FeatureMatching(0.1), new Optimiser.Adam(0.01), 100, 0, 1,
                Precision.F32, 1);
        pairs().forEach((name, pair) -> {
            List<MappingResult> onednn = map(pair, Compute.Engine.ONEDNN, options);
            List<MappingResult> nd4j = map(pair, Compute.Engine.ND4J, options);
            double worst = 0;
            double sum = 0;
            for (int i = 0; i < N; i++) {
                double relative = onednn.get(i).anomaly(0.1) / nd4j.get(i).anomaly(0.1) - 1;
                worst = Math.max(worst, Math.abs(relative));
                sum += relative / N;
            }
            assertTrue(worst < 1e-3 && Math.abs(sum) < 1e-3, name + ": worst " + worst + ", mean " + sum);
        });
    }
}
