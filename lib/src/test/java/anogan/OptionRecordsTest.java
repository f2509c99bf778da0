package anogan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import anogan.dcgan.AutoencoderOptions;
import anogan.dcgan.EncoderOptions;
import anogan.dcgan.TrainOptions;
import anogan.mapping.MappingLoss;
import anogan.mapping.MappingOptions;
import anogan.mapping.Optimiser;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.LearningEngine;
import anogan.networks.Precision;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of options are changed through one method for each component, which changes that component alone. */
class OptionRecordsTest {
    private static final Map<Class<?>, Object> OTHER = Map.of(MappingLoss.class, new MappingLoss.Reference(0.2),
            Optimiser.class, new Optimiser.FullMatrix(0.3), Precision.class, Precision.BF16, Compute.Engine.class,
            Compute.Engine.ND4J, LearningEngine.Kind.class, LearningEngine.Kind.DEEPLEARNING4J,
            MappingOptions.Start.class, MappingOptions.Start.ENCODER, TrainOptions.Keep.class, TrainOptions.Keep.BEST);

    static List<Record> defaults() {
        return List.of(Architecture.defaults(), Compute.defaults(), TrainOptions.defaults(),
                AutoencoderOptions.defaults(), EncoderOptions.defaults(), MappingOptions.defaults());
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void eachComponentIsChangedAlone(Record options) throws ReflectiveOperationException {
        for (RecordComponent changed : options.getClass().getRecordComponents()) {
            String name = changed.getName().substring(0, 1).toUpperCase(Locale.ROOT) + changed.getName().substring(1);
            Object value = other(changed, changed.getAccessor().invoke(options));
            Object after = options.getClass().getMethod("with" + name, changed.getType()).invoke(options, value);
            assertNotEquals(options, after);
            for (RecordComponent c : options.getClass().getRecordComponents()) {
                Object expected = c.getName().equals(changed.getName()) ? value : c.getAccessor().invoke(options);
                assertEquals(expected, c.getAccessor().invoke(after), c.getName() + " after with" + name);
            }
        }
    }

    /** A value that the component may have, and does not have. */
    private static Object other(RecordComponent component, Object value) {
        if (component.getName().equals("size")) return 32;
        if (value instanceof Integer i) return i + 1;
        if (value instanceof Long i) return i + 1;
        if (value instanceof Double d) return d / 2 + 0.01;
        if (value instanceof Boolean b) return !b;
        return OTHER.get(component.getType());
    }
}
