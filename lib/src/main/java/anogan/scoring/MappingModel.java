package anogan.scoring;

import anogan.dcgan.EncoderTraining;
import anogan.mapping.Mapper;
import anogan.mapping.MappingOptions;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Encoder;
import anogan.networks.FrozenNetworks;
import anogan.run.RunFolder;
import anogan.run.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run maps with.
 *
 * @param pair    G and D, with the weights that are asked for
 * @param model   fingerprint of the pair as it was trained
 * @param encoder where descents start, if they do
 */
record MappingModel(Dcgan pair, String model, Optional<Encoder> encoder) {
    /** @throws anogan.UserError if the run has no pair, or needs an encoder and has none of that pair */
    static MappingModel load(RunFolder run, ScoringOptions options) {
        Dcgan pair = Dcgan.load(run.file("model"));
        boolean encoded = options.mapping().start() == MappingOptions.Start.ENCODER;
        return new MappingModel(options.raw() ? pair.raw() : pair, pair.fingerprint(),
                encoded ? Optional.of(EncoderTraining.trained(run, pair)) : Optional.empty());
    }

    Mapper mapper(MappingOptions options, Compute compute) {
        return new Mapper(FrozenNetworks.of(pair), encoder.map(e -> FrozenNetworks.of(pair, e)), options, compute);
    }

    Optional<String> encoderFingerprint() {
        return encoder.map(Encoder::fingerprint);
    }

    /** For run.json. */
    Map<String, String> fingerprints() {
        Map<String, String> all = new LinkedHashMap<>(Map.of(Stage.MODEL, model));
        encoderFingerprint().ifPresent(e -> all.put(Stage.ENCODER, e));
        return all;
    }
}
