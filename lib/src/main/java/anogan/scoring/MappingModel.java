package anogan.scoring;

import anogan.UserError;
import anogan.dcgan.EncoderTraining;
import anogan.mapping.Mapper;
import anogan.mapping.MappingOptions;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Encoder;
import anogan.networks.FrozenNetworks;
import anogan.run.RunFolder;
import anogan.run.Stage;
import java.nio.file.Path;
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
    /** @throws UserError if the run has no pair, or needs an encoder and has none of that pair */
    static MappingModel load(RunFolder run, ScoringOptions options) {
        Dcgan pair = Dcgan.load(run.file("model"));
        String model = pair.fingerprint();
        boolean encoded = options.mapping().start() == MappingOptions.Start.ENCODER;
        return new MappingModel(options.raw() ? pair.raw() : pair, model,
                encoded ? Optional.of(encoder(run, model)) : Optional.empty());
    }

    private static Encoder encoder(RunFolder run, String model) {
        Path folder = EncoderTraining.model(run);
        if (!Encoder.isSaved(folder)) throw UserError
                .failure("%s has no encoder to start at. Train it: stage train with option encoder.", run.path());
        Encoder encoder = Encoder.load(folder);
        if (!encoder.pair().equals(model)) throw UserError.failure(
                "The encoder of %s learned for another pair: the model was trained on after. Remove the folder %s, and "
                        + "train the encoder anew: stage train with option encoder.",
                run.path(), folder.getParent());
        return encoder;
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
