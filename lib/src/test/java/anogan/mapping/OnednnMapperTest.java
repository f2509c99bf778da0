package anogan.mapping;

import anogan.networks.Compute;
import org.junit.jupiter.api.BeforeAll;

class OnednnMapperTest extends MapperChecks {
    @BeforeAll
    static void wherever() {
        TestEngines.assumeLoads(Compute.Engine.ONEDNN);
    }

    @Override
    Compute.Engine engine() {
        return Compute.Engine.ONEDNN;
    }
}
