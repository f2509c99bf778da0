package anogan.mapping;

import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Engines;
import anogan.networks.FrozenNetworks;
import anogan.networks.Precision;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class OnednnMapperTest extends MapperChecks {
    @BeforeAll
    static void wherever() {
        TestEngines.assumeLoads(Compute.Engine.ONEDNN);
    }

    @Override
    Compute.Engine engine() {
        return Compute.Engine.ONEDNN;
    }

    /**
     * Not every processor has kernels for bf16: where they are missing, one sentence says so, and names the way out.
     */
    @Test
    void bf16MapsOrIsRefusedInASentence() {
        FrozenNetworks networks = FrozenNetworks.of(Dcgan.random(new Architecture(32, 8, 0.125), 1));
        MappingOptions options = MappingOptions.defaults().withSteps(2).withPrecision(Precision.BF16);
        List<Mapper.Query> queries = List.of(new Mapper.Query("x", new float[32 * 32]));
        Executable map = () -> {
            try (Mapper mapper = new Mapper(networks, options, new Compute(Compute.Engine.ONEDNN, 1, 1))) {
                assertTrue(Double.isFinite(mapper.map(queries).get(0).residual()));
            }
        };
        if (Engines.computes(Precision.BF16)) assertDoesNotThrow(map);
        else assertRefused(map, "bf16", "option precision");
    }
}
