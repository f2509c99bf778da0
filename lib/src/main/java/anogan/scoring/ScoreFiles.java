package anogan.scoring;

import anogan.data.Csv;
import anogan.data.Patch;
import anogan.data.ScanInfo;
import anogan.mapping.Mapped;
import java.util.Locale;

/** The words of {@code scores.csv}: one row per patch. */
final class ScoreFiles {
    static final String HEADER = "scan,group,class,split,label,row,column,R,D,D_hat,A,A_hat,P_D\n";

    private ScoreFiles() { }

    static String row(ScanInfo scan, Patch patch, Mapped m, double lambda) {
        return Csv.line(scan.scan(), scan.group(), scan.className(), scan.split().word(), patch.label() == null ? "" : patch.label(), patch.row(), patch.column(),
                number(m.residual()), number(m.features()), number(m.reference()), number(m.anomaly(lambda)), number(m.referenceAnomaly(lambda)),
                number(m.discriminator()));
    }

    private static String number(double v) {
        return String.format(Locale.ROOT, "%.7g", v);
    }
}
