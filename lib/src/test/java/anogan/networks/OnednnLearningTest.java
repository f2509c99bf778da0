package anogan.networks;

import static anogan.Sentences.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import anogan.OtherJvm;
import anogan.UserError;
import anogan.io.FloatArray;
import anogan.run.Seeds;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same bits whoever does which part; what is asked for in the wrong order is refused. */
class OnednnLearningTest {
    private static final Architecture SMALL = new Architecture(32, 8, 0.125);
    /** Its deepest layers are products of {@link OnednnColumns}. */
    private static final Architecture WIDE = new Architecture(32, 8, 1);
    private static final AdamOptions ADAM = new AdamOptions(2e-3, 0.5, 0.9, 3);
    /** What comes out, and gradients that come to their weights through no ReLU. */
    private static final String NO_BEND_BEHIND = "images|codes|g.*(deconv3|bn2).weight|d.*(bn3|head).weight|"
            + "e.*(bn3|code).weight";

    @BeforeEach
    void onednn() {
        assumeTrue(LearningEngine.Kind.AUTO.resolved() == LearningEngine.Kind.ONEDNN, "oneDNN has no library here");
    }

    /** Three steps of the game and what they leave. */
    private static Map<String, FloatArray> trained(Precision precision, Architecture a, int lanes, int batch) {
        Map<String, FloatArray> state = new LinkedHashMap<>();
        try (OnednnLearning engine = new OnednnLearning(precision, a, ADAM, batch, new Lanes(lanes))) {
            TrainableNetwork g = engine.generator();
            TrainableNetwork d = engine.discriminator();
            for (int step = 1; step <= 3; step++) {
                float[] x = Seeds.uniform(1, "x" + step, batch * 32 * 32);
                float[] y = g.alone().forward(Seeds.uniform(1, "z" + step, batch * 8));
                engine.both(() -> learn(d.first(), x), () -> learn(d.second(), y));
                d.step(step);
                d.alone().forward(y);
                float[] slope = d.alone().inputGradient(Seeds.uniform(1, "slope", batch));
                state.put("dz" + step, new FloatArray(g.alone().backward(slope), batch, 8));
                g.step(step);
            }
            g.state().forEach((name, array) -> state.put("g." + name, array));
            d.state().forEach((name, array) -> state.put("d." + name, array));
        }
        return state;
    }

    private static float[] learn(TrainableNetwork.Pass pass, float[] x) {
        float[] logits = pass.forward(x);
        pass.backward(logits);
        return logits;
    }

    @ParameterizedTest
    @EnumSource
    void theBitsDoNotDependOnTheNumberOfLanes(Precision precision) {
        assumeTrue(LearningEngine.computes(precision), "this processor has no such kernels");
        for (int batch : new int[] {2, 5, 16}) {
            Map<String, FloatArray> one = trained(precision, SMALL, 1, batch);
            for (int lanes : new int[] {2, 4, 8}) Pairs.assertSameBits(one, trained(precision, SMALL, lanes, batch));
        }
        Map<String, FloatArray> one = trained(precision, WIDE, 1, 13);
        for (int lanes : new int[] {2, 4}) Pairs.assertSameBits(one, trained(precision, WIDE, lanes, 13));
    }

    /**
     * With the same weights and inputs, every gradient and every output in bf16 is that in single precision but for
     * rounding: by 2⁻⁹ of a number at each layer. Where it takes activations past zero, an error passes, or does not,
     * the other way: one of p per cent differs by √p tenths, so that what lies behind such a bend on the way back has a
     * bound of its own. Numbers from a wrong layout have nothing to do with the right ones: they differ by √2.
     */
    @Test
    void gradientsInBf16AreThoseInSinglePrecision() {
        assumeTrue(LearningEngine.computes(Precision.BF16), "this processor has no kernels for bf16");
        for (int batch : new int[] {2, 5, 16}) requireNear(SMALL, batch);
        requireNear(WIDE, 16);
    }

    private static void requireNear(Architecture a, int batch) {
        Map<String, FloatArray> exact = gradients(onednn(Precision.F32, a, batch), a, batch);
        Map<String, FloatArray> rounded = gradients(onednn(Precision.BF16, a, batch), a, batch);
        exact.forEach((name, array) -> {
            double off = difference(array.data(), rounded.get(name).data());
            double bound = name.matches(NO_BEND_BEHIND) ? 0.02 : batch < 16 ? 0.4 : 0.2;
            assertTrue(off < bound, name + " of " + batch + " images differs by " + off);
        });
    }

    private static LearningEngine onednn(Precision precision, Architecture a, int batch) {
        return new OnednnLearning(precision, a, ADAM, batch, new Lanes(2));
    }

    /** Deeplearning4j's layers know nothing of products in place of convolutions. */
    @Test
    void gradientsOfProductsAreThoseOfDeeplearning4j() {
        Map<String, FloatArray> expected = gradients(new Deeplearning4jEngine(WIDE, ADAM, 6), WIDE, 6);
        Map<String, FloatArray> actual = gradients(onednn(Precision.F32, WIDE, 6), WIDE, 6);
        assertTrue(actual.keySet().containsAll(expected.keySet()));   // which has no biases that batch norm takes away
        expected.forEach((name, array) -> {
            double off = difference(array.data(), actual.get(name).data());
            assertTrue(off < 1e-3, name + " differs by " + off);
        });
    }

    /** Of all weights (Adam's first moment is half of the mean), of z and of images; what comes out. */
    private static Map<String, FloatArray> gradients(LearningEngine opened, Architecture a, int batch) {
        Map<String, FloatArray> found = new LinkedHashMap<>();
        try (LearningEngine engine = opened) {
            TrainableNetwork g = engine.generator();
            TrainableNetwork d = engine.discriminator();
            TrainableNetwork e = engine.encoder();
            float[] x = Seeds.uniform(1, "x", batch * 32 * 32);
            float[] slopes = Seeds.uniform(1, "slopes", batch * 32 * 32);
            keep(found, "images", g.alone().forward(Seeds.uniform(1, "z", batch * 8)));
            keep(found, "z.slope", g.alone().backward(slopes));
            keep(found, "logits", d.alone().forward(x));
            keep(found, "image.slope", d.alone().inputGradient(Arrays.copyOf(slopes, batch)));
            d.alone().forward(x);   // which Deeplearning4j forgets on the way back
            d.alone().backward(Arrays.copyOf(slopes, batch));
            keep(found, "codes", e.alone().forward(x));
            e.alone().backward(Arrays.copyOf(slopes, batch * 8));
            Map.of("g.", g, "d.", d, "e.", e).forEach((prefix, network) -> {
                network.step(1);
                network.state().forEach((name, array) -> {
                    if (name.startsWith("adam_m.")) found.put(prefix + name, array);
                });
            });
        }
        return found;
    }

    private static void keep(Map<String, FloatArray> found, String name, float[] numbers) {
        found.put(name, new FloatArray(numbers, numbers.length));
    }

    /** Relative, by Euclid; of two arrays of zeros 0. */
    private static double difference(float[] expected, float[] actual) {
        double size = 0;
        double off = 0;
        for (int i = 0; i < expected.length; i++) {
            size += Math.pow(expected[i], 2);
            off += Math.pow(expected[i] - actual[i], 2);
        }
        return off == 0 ? 0 : Math.sqrt(off / size);
    }

    @Test
    void whatTheEngineOrTheProcessorCannotComputeIsRefused() throws IOException, InterruptedException {
        assertRefused(() -> LearningEngine.of(LearningEngine.Kind.DEEPLEARNING4J, Precision.BF16, SMALL, ADAM, 2),
                "Only the onednn engine computes with bf16");
        String said = OtherJvm.output(List.of(), OlderProcessor.class);
        assumeTrue(!said.isEmpty(), "this processor cannot be taken for an older one");
        assertEquals("oneDNN has no kernels for bf16 on this processor. Choose f32 as option precision.", said);
    }

    /** Learns in bf16 as if AVX2 were all that there is. */
    static final class OlderProcessor {
        public static void main(String... args) {
            if (dnnl.dnnl_set_max_cpu_isa(dnnl.dnnl_cpu_isa_avx2) != dnnl.dnnl_success) return;
            try {
                LearningEngine.of(LearningEngine.Kind.ONEDNN, Precision.BF16, SMALL, ADAM, 2).generator();
                System.out.print("It learns.");
            } catch (UserError e) {
                System.out.print(e.getMessage());
            }
        }
    }

    @Test
    void tasksOfBothRunAtTheSameTimeAndTheirErrorsAreHeard() {
        try (OnednnLearning engine = new OnednnLearning(Precision.F32, SMALL, ADAM, 2, new Lanes(2))) {
            Thread caller = Thread.currentThread();
            List<Thread> threads = engine.both(Thread::currentThread, Thread::currentThread);
            assertEquals(caller, threads.get(0));
            assertTrue(threads.get(1) != caller);
            assertThrows(IllegalStateException.class, () -> engine.both(() -> 1, () -> {
                throw new IllegalStateException("in the other lane");
            }));
            assertEquals(List.of(1, 2), engine.both(() -> 1, () -> 2));
        }
    }

    @Test
    void aRestoredNetworkIsTheSameToTheBit() {
        try (OnednnLearning engine = new OnednnLearning(Precision.F32, SMALL, ADAM, 4, new Lanes(2));
                OnednnLearning other = new OnednnLearning(Precision.F32, SMALL, ADAM, 4, new Lanes(1))) {
            TrainableNetwork one = engine.encoder();
            float[] x = Seeds.uniform(1, "x", 4 * 32 * 32);
            for (int step = 1; step <= 2; step++) {
                one.alone().backward(one.alone().forward(x));
                one.step(step);
            }
            TrainableNetwork two = other.encoder();
            two.restore(one.state());
            Pairs.assertSameBits(one.state(), two.state());
            assertArrayEquals(Pairs.bits(one.alone().forward(x)), Pairs.bits(two.alone().forward(x)));
        }
    }

    /** A long training holds no more memory at its end than in its middle, in a process of its own. */
    @Test
    void tenThousandStepsDoNotGrow() throws Exception {
        long grown = Long.parseLong(OtherJvm
                .output(List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch"), OnednnLearningTest.class).strip());
        assertTrue(grown < 9_000_000, "3,000 steps hold " + grown + " bytes: " + grown / 3000 + " each");
    }

    /** Bytes by which 3,000 steps made this process grow, the less of twice; the heap is there from the beginning. */
    public static void main(String... args) {
        Architecture tiny = new Architecture(32, 4, 0.0625);
        try (OnednnLearning engine = new OnednnLearning(Precision.F32, tiny, ADAM, 2, new Lanes(2))) {
            TrainableNetwork g = engine.generator();
            TrainableNetwork d = engine.discriminator();
            float[] x = Seeds.uniform(1, "x", 2 * 32 * 32);
            float[] z = Seeds.uniform(1, "z", 2 * 4);
            float[] slope = {0.5f, -0.5f};
            long[] held = new long[3];
            for (int step = 1; step <= 10_000; step++) {
                float[] y = g.alone().forward(z);
                engine.both(() -> learn(d.first(), x), () -> learn(d.second(), y));
                d.step(step);
                d.alone().forward(y);
                g.alone().backward(d.alone().inputGradient(slope));
                g.step(step);
                if (step == 4_000 || step == 7_000 || step == 10_000) held[(step - 4_000) / 3_000] = held();
            }
            System.out.println(Math.min(held[1] - held[0], held[2] - held[1]));
        }
    }

    /** Bytes that this process holds once Java has cleared up. */
    private static long held() {
        System.gc();
        return Pointer.physicalBytes();
    }
}
