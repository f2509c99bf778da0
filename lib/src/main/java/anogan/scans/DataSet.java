package anogan.scans;

import anogan.UserError;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A public data set: what a user has to know before fetching and using it, and how it becomes patches.
 *
 * @param name     what to call it
 * @param title    what it is
 * @param size     how much it is: scans and, where it is known, bytes
 * @param licence  under which it is published
 * @param home     where it is published: a page, or what a DOI resolves to
 * @param citation whom to cite
 * @param files    what can be fetched by a program; none where the publisher wants a visit, or publishes no checksum
 * @param layout   how {@code prepare} reads it
 * @param normal   its normal classes, where they are not called so
 */
public record DataSet(String name, String title, String size, String licence, URI home, String citation,
        List<File> files, Layout layout, List<String> normal) {
    private static final String MEDMNIST = "Yang J. et al.: MedMNIST v2. Scientific Data 10, 41 (2023), "
            + "doi:10.1038/s41597-022-01721-8";
    private static final String KERMANY = "Kermany D. S. et al.: Identifying Medical Diagnoses and Treatable Diseases "
            + "by Image-Based Deep Learning. Cell 172, 1122 (2018)";
    private static final String NOT_COMMERCIAL = "CC BY-NC-SA 4.0: not for commercial use";
    private static final String MNIST = "LeCun Y., Bottou L., Bengio Y., Haffner P.: Gradient-based learning applied "
            + "to document recognition. Proc. IEEE 86, 2278 (1998)";

    /**
     * A file of it.
     *
     * @param name file name
     * @param path its address, relative to the data set's home
     * @param md5  what its content must have
     */
    public record File(String name, String path, String md5) {}

    /** Every data set that is known; the phantom, which is drawn, needs no entry. */
    public static List<DataSet> all() {
        URI zenodo = URI.create("https://zenodo.org/records/10519652/");
        return List.of(
                new DataSet("octdl", "OCTDL: retinal OCT B-scans, normal and six diseases", "2,064 scans", "CC BY 4.0",
                        doi("10.17632/sncdhf53xc"),
                        "Kulyabin M. et al.: OCTDL. Scientific Data 11, 365 (2024), doi:10.1038/s41597-024-03182-7",
                        List.of(), Layout.folder, List.of("NO")),
                new DataSet("oct2017", "Kermany OCT2017: retinal OCT B-scans, normal, CNV, DME and drusen",
                        "some 84,000 scans, 5 GB", "CC BY 4.0", doi("10.17632/rscbjbr9sj"), KERMANY, List.of(),
                        Layout.oct2017, List.of()),
                medMnist("octmnist", "OCTMNIST: Kermany's OCT B-scans, 28 x 28 pixels",
                        "109,309 scans, 86 MB of pixels", zenodo, "c68d92d5b585d8d81f7112f81e2d0842"),
                medMnist("octmnist_64", "OCTMNIST: Kermany's OCT B-scans, 64 x 64 pixels",
                        "109,309 scans, 448 MB of pixels", zenodo, "e229e9440236b774d9f0dfef9d07bdaf"),
                medMnist("pneumoniamnist", "PneumoniaMNIST: chest X-rays, 28 x 28 pixels",
                        "5,856 pictures, 5 MB of pixels", zenodo, "28209eda62fecd6e6a2d98b1501bb15f"),
                new DataSet("mnist", "MNIST: handwritten digits, 28 x 28 pixels, four IDX files",
                        "70,000 pictures, 11 MB", "CC BY-SA 3.0 (as commonly stated)",
                        URI.create("http://yann.lecun.com/exdb/mnist/"), MNIST, List.of(), Layout.idx, List.of("0")),
                new DataSet("fashion-mnist",
                        "Fashion-MNIST: pictures of clothes, 28 x 28 pixels; Debian's package dataset-fashion-mnist",
                        "70,000 pictures, 31 MB", "MIT", URI.create("https://github.com/zalandoresearch/fashion-mnist"),
                        "Xiao H., Rasul K., Vollgraf R.: Fashion-MNIST. arXiv 1708.07747 (2017)", List.of(), Layout.idx,
                        List.of("0")),
                new DataSet("mvtec", "MVTec AD: pictures of 15 kinds of things and surfaces, with masks of defects",
                        "5,354 pictures, 5 GB", NOT_COMMERCIAL,
                        URI.create("https://www.mvtec.com/company/research/datasets/mvtec-ad"),
                        "Bergmann P. et al.: The MVTec Anomaly Detection Dataset. IJCV 129, 1038 (2021)", List.of(),
                        Layout.mvtec, List.of()),
                new DataSet("bmad", "BMAD: medical benchmarks of anomaly detection, RESC and OCT2017 among them",
                        "six data sets", NOT_COMMERCIAL, URI.create("https://github.com/DorisBao/BMAD"),
                        "Bao J. et al.: BMAD: Benchmarks for Medical Anomaly Detection. CVPR workshops (2024), "
                                + "arXiv 2306.11876",
                        List.of(), Layout.bmad, List.of()));
    }

    private static DataSet medMnist(String name, String title, String size, URI home, String md5) {
        File file = new File(name + ".npz", "files/" + name + ".npz?download=1", md5);
        return new DataSet(name, title, size, "CC BY 4.0", home, MEDMNIST + "; and " + KERMANY, List.of(file),
                Layout.medmnist, List.of());
    }

    private static URI doi(String doi) {
        return URI.create("https://doi.org/" + doi);
    }

    /** @throws UserError if there is none of that name */
    public static DataSet named(String name) {
        return all().stream().filter(d -> d.name.equals(name)).findFirst()
                .orElseThrow(() -> UserError.usage("There is no data set %s in the catalogue. It has: %s.", name,
                        all().stream().map(DataSet::name).collect(Collectors.joining(", "))));
    }
}
