package anogan.networks;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** One pass through a chain of layers, with lanes of its own. */
final class OnednnPass implements TrainableNetwork.Pass {
    private enum Way {
        FORTH, LEARN, BACK
    }

    private final OnednnContext context;
    private final OnednnChain chain;
    private final int batch;
    private final int lane;
    private final int lanes;
    private final Runnable learned;
    private final Map<Way, OnednnSchedule> schedules = new EnumMap<>(Way.class);

    /**
     * @param lane    the first one of this pass
     * @param lanes   how many
     * @param learned is told when gradients of weights are there
     */
    OnednnPass(OnednnContext context, OnednnChain chain, int batch, int lane, int lanes, Runnable learned) {
        this.context = context;
        this.chain = chain;
        this.batch = batch;
        this.lane = lane;
        this.lanes = lanes;
        this.learned = learned;
    }

    @Override
    public float[] forward(float[] x) {
        chain.in().value().floats(batch).put(x);
        run(Way.FORTH, chain::forward);
        return numbers(chain.out().value());
    }

    @Override
    public float[] backward(float[] dy) {
        chain.out().error().floats(batch).put(dy);
        run(Way.LEARN, s -> chain.backward(s, true, chain.draws()));
        learned.run();
        return chain.draws() ? numbers(chain.in().error()) : new float[0];
    }

    @Override
    public float[] inputGradient(float[] dy) {
        chain.out().error().floats(batch).put(dy);
        run(Way.BACK, s -> chain.backward(s, false, true));
        return numbers(chain.in().error());
    }

    private void run(Way way, Consumer<OnednnSchedule> operations) {
        Lanes.withOneThread(() -> schedule(way, operations).run());
    }

    private OnednnSchedule schedule(Way way, Consumer<OnednnSchedule> operations) {
        synchronized (context) {   // two lanes may need theirs at the same time
            return schedules.computeIfAbsent(way, w -> OnednnSchedule.of(context, batch, lane, lanes, operations));
        }
    }

    private float[] numbers(OnednnBuffer buffer) {
        float[] numbers = new float[(int) (batch * buffer.length())];
        buffer.floats(batch).get(numbers);
        return numbers;
    }
}
