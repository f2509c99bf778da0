package anogan;

import anogan.dcgan.AutoencoderOptions;
import anogan.dcgan.AutoencoderTraining;
import anogan.dcgan.EncoderOptions;
import anogan.dcgan.EncoderTraining;
import anogan.dcgan.HeldOutCurve;
import anogan.dcgan.TrainOptions;
import anogan.dcgan.Training;
import anogan.mapping.HeldOutNormals;
import anogan.mapping.MappingOptions;
import anogan.networks.Architecture;
import anogan.networks.Compute;
import anogan.networks.Dcgan;
import anogan.networks.Encoder;
import anogan.networks.OnnxExport;
import anogan.patches.Patches;
import anogan.run.RunFolder;
import anogan.scoring.AutoencoderScores;
import anogan.scoring.NiftiMaps;
import anogan.scoring.RecordedDescents;
import anogan.scoring.Scoring;
import anogan.scoring.ScoringOptions;
import anogan.scoring.Sweep;
import anogan.scoring.SweepOptions;
import anogan.statistics.AnalysisOptions;
import anogan.statistics.DiscoverOptions;
import anogan.statistics.MarkerAnalysis;
import anogan.statistics.NormalLook;
import anogan.statistics.RunAnalysis;
import anogan.visuals.Figure;
import anogan.visuals.Figures;
import anogan.visuals.FiguresOptions;
import anogan.visuals.Format;
import anogan.visuals.MapFigures;
import anogan.visuals.MappingFigures;
import anogan.visuals.RunData;
import anogan.visuals.TrainingFigures;
import anogan.visuals.TrainingFigures.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The front door: one run of AnoGAN, from patches to report. Each stage begins, goes on where it was stopped, or is
 * done already, and leaves its files in the run's folder ({@link RunFolder}), where the next one finds them.
 *
 * <pre>{@code
 * Patches patches = Patches.prepare(Scans.folder(dir), PrepareOptions.defaults(), Path.of("data/patches/mine"));
 * Experiment run = Experiment.at(Path.of("data/runs/mine"));
 * run.train(patches, TrainOptions.defaults().withSteps(4000));   // G and D learn healthy patches (paper, 2.1)
 * run.map(ScoringOptions.defaults());                            // the G(z) closest to each patch x (paper, 2.2)
 * System.out.print(run.analyze(AnalysisOptions.defaults()));     // what A(x) is worth (paper, 3)
 * run.report(FiguresOptions.defaults());                         // figures and report.html
 * }</pre>
 *
 * <p>
 * Every method throws a {@link UserError} that says in one sentence what is missing or does not fit.
 */
public final class Experiment {
    private final RunFolder folder;

    private Experiment(RunFolder folder) {
        this.folder = folder;
    }

    /** The run in a folder, which need not be there yet. */
    public static Experiment at(Path folder) {
        return new Experiment(new RunFolder(folder));
    }

    public RunFolder folder() {
        return folder;
    }

    /** The patches that the run learned from. */
    public Patches patches() {
        return Patches.open(folder.patches());
    }

    /** Tells the run and its variants where its patches lie now: the same ones, as their fingerprint says. */
    public Experiment withPatches(Path moved) {
        Patches.open(moved).requireSame(folder);
        folder.write(folder.info().withPatches(moved));
        folder.variants().values().forEach(v -> v.write(v.info().withPatches(moved)));
        return this;
    }

    /** Trains G and D of the usual width. */
    public Dcgan train(Patches patches, TrainOptions options) {
        return train(patches, Architecture.defaults().withSize(patches.options().size()), options);
    }

    /** Trains G and D on the normal training patches, the paper's section 2.1. */
    public Dcgan train(Patches patches, Architecture networks, TrainOptions options) {
        Training.Config config = new Training.Config(networks, options);
        Optional<HeldOutCurve.Measure> measure = HeldOutNormals.of(patches, options);
        return folder.isBegun() ? Training.resume(folder, config, patches, measure)
                : Training.start(folder, config, patches, measure);
    }

    /** f-AnoGAN's encoder of the finished pair, which says in one pass where G draws a patch: where maps may start. */
    public Encoder encoder(EncoderOptions options) {
        return EncoderTraining.run(folder, options, patches());
    }

    /** Maps and scores with a descent of one's own, and everything else as usual. */
    public void map(MappingOptions descent) {
        map(ScoringOptions.defaults().withMapping(descent));
    }

    public void map(ScoringOptions options) {
        map(options, Compute.defaults());
    }

    /** Maps every validation and test patch to the latent space and scores it, the paper's sections 2.2 and 2.3. */
    public void map(ScoringOptions options, Compute compute) {
        Scoring.run(folder, patches(), options, compute);
    }

    public Experiment variant(String name, ScoringOptions options) {
        return variant(name, options, Compute.defaults());
    }

    /** Another mapping with the same model, to compare with, as a run of its own below this one. */
    public Experiment variant(String name, ScoringOptions options, Compute compute) {
        Scoring.variant(folder, name, patches(), options, compute);
        return new Experiment(folder.variant(name));
    }

    /** The compared method aCAE: an auto-encoder of like size in place of the search for z. */
    public void autoencoder(AutoencoderOptions options) {
        Architecture networks = Training.Config.of(folder).architecture();
        AutoencoderScores.run(folder, patches(), new AutoencoderTraining.Config(networks, options));
    }

    /** How much hangs on λ and Γ: a sample of patches mapped with each value, otherwise as the run was. */
    public void sweep(SweepOptions values, Compute compute) {
        Sweep.run(folder, patches(), values, compute);
    }

    /**
     * The run's model as one file that judges any scan: {@link Detector#load}.
     *
     * @param card data card: what it learned from, licence, whom to cite; may be empty
     */
    public ModelFile export(Path file, String card) {
        String name = file.getFileName().toString().replaceFirst("[.]anogan$", "");
        ModelFile model = ModelFile.of(folder, name, card);
        model.write(folder, file);
        return model;
    }

    /** What the scores are worth: tables that print themselves, and the files that figures are drawn from. */
    public RunAnalysis.Result analyze(AnalysisOptions options) {
        return RunAnalysis.run(folder, options);
    }

    /**
     * Which kinds of anomaly the test scans have, found without a label, how often, where and in whom.
     *
     * @throws UserError if the run lacks maps
     */
    public MarkerAnalysis discover(DiscoverOptions options) {
        return discovery().run(options);
    }

    /** The markers of another run in this one's scans, which had no say in them. */
    public MarkerAnalysis confirm(Experiment other) {
        other.folder.require(MarkerAnalysis.FILE, "discover");
        return discovery().confirm(MarkerAnalysis.read(other.folder.path()));
    }

    /**
     * What D makes of each region of {@code regions.csv}, in its order: a second view of them.
     *
     * @throws UserError if the run lacks maps or networks
     */
    public void regionFeatures() {
        discovery().features();
    }

    private Discovery discovery() {
        Patches patches = Patches.of(folder);
        folder.requireScoresOfItsModel();
        return Discovery.of(folder, patches, NormalLook.of(folder, patches).regions());
    }

    /** G's drawings of the same points z as it learned. */
    public Figure samples() {
        List<Sample> all = Sample.readAll(folder.file("samples"));
        return TrainingFigures.samples(all.subList(Math.min(1, all.size()), all.size()), folder.info().seed());
    }

    /** The descents that were recorded while mapping: x, G(z) at some steps, the residual. */
    public Figure descents() {
        folder.require("mapping/frames.npz", "map");
        return MappingFigures.strips(RecordedDescents.read(folder).orElseThrow(), folder.info().seed());
    }

    /** Residual maps over scans of each class. */
    public Figure heatmaps() {
        RunData run = RunData.open(folder.path());
        return MapFigures.heatmaps(run, MapFigures.scales(run)).orElseThrow(() -> UserError
                .failure("%s has no residual maps of test scans. Make them with stage map.", folder.path()));
    }

    /** A sentence for captions: what the run was made with. */
    public String setting() {
        return Format.setting(folder);
    }

    /** The residual maps as NIfTI, for viewers of volumes. */
    public List<Path> nifti() {
        return NiftiMaps.write(folder, patches());
    }

    /**
     * The trained pair as ONNX, for programs that know neither Java nor this library.
     *
     * @param to  folder for {@code G.onnx}, {@code D.onnx} and {@code step.onnx} ({@link OnnxExport})
     * @param raw take G's weights of the last step, and not their moving average
     */
    public List<Path> onnx(Path to, boolean raw) {
        folder.info();   // what is no run says so, rather than that it lacks a model
        return OnnxExport.write(Dcgan.load(folder.file("model")), raw, to);
    }

    /** Draws every figure, and the report around them. */
    public Figures.Written report(FiguresOptions options) {
        return Figures.write(RunData.open(folder.path()), options);
    }
}
