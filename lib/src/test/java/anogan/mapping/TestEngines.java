package anogan.mapping;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.networks.Compute;
import anogan.networks.Engines;
import anogan.networks.FrozenNetworks;
import anogan.networks.Precision;
import java.util.List;

/** The implementations that tests are run against. */
final class TestEngines {
    static final List<Compute.Engine> ALL = List.of(Compute.Engine.ONEDNN, Compute.Engine.ND4J);

    private TestEngines() {}

    static void assumeLoads(Compute.Engine kind) {
        assumeTrue(kind != Compute.Engine.ONEDNN || Compute.Engine.AUTO.resolved() == kind,
                "oneDNN has no library for this platform");
    }

    static Engines of(Compute.Engine kind, FrozenNetworks networks, int batch) {
        assumeLoads(kind);
        return new Engines(networks, Precision.F32, kind, 1, batch, 1);
    }
}
