namespace ModelDsl.Analyzers.Tests.CallSites;

/// <summary>Targets, labels, results and copies of models, against what the runtime does with them.</summary>
public sealed class TargetTests
{
    private const string Models =
        """
        [Model, Input(4), Dense(3), SoftmaxCrossEntropy] public partial class Irises;
        [Model, Input(4), Dense(3), SoftmaxCrossEntropy(IgnoredLabel = -1)] public partial class Some;
        [Model, Input(4), Dense(3), MeanSquaredError] public partial class Robot;
        [Model, Input(4), Dense(3), Hinge] public partial class Margin;
        [Model, Input(4), Dense(1), Hinge] public partial class Sign;
        [Model, Input(4), Dense(1), BinaryCrossEntropy] public partial class Spam;
        [Model, Input(5, 2, Sequence = true), Dense(3), SoftmaxCrossEntropy] public partial class Steps;
        [Model, Input(2, 4, Sequence = true), Dense(3), Contrastive] public partial class Pairs;
        [Model, Input(3, 4, Sequence = true), Dense(3), Triplet] public partial class Triples;
        [Block, Dense(3), SoftmaxCrossEntropy] public partial class Kind;
        [Block, Dense(2), MeanSquaredError] public partial class Place;
        [Model, Input(4), Dense(8), Relu, Outputs<Kind, Place>] public partial class Both;
        [Model(PerSampleClipping = true), Input(4), Dense(3), SoftmaxCrossEntropy] public partial class Private;
        [Model(InputGradient = true), Input(4), Dense(3), SoftmaxCrossEntropy] public partial class Passes;
        """;

    [Theory]
    [InlineData(
        "robot.ComputeLoss(unknown, {|MDL0204:{|from:new int[2]|}|});",
        "Robot.ComputeLoss expects 3 target values per sample, got 2 labels")]
    [InlineData(
        "robot.ComputeGradients(unknown, {|MDL0204:labels|});",
        "Robot.ComputeGradients expects 3 target values per sample, got labels")]
    [InlineData(
        "own.ComputeClippedGradients(new float[8], {|MDL0204:{|from:new int[3]|}|}, maxNorm: 1f);",
        "Private.ComputeClippedGradients expects 1 label or 3 target values per sample, got 3 labels for 2 samples")]
    [InlineData(
        "own.ComputeClippedGradients(unknown, {|MDL0204:{|from:new float[2]|}|}, 1f);",
        "Private.ComputeClippedGradients expects 1 label or 3 target values per sample, got 2 target values")]
    [InlineData(
        "margin.ComputeLoss(unknown, {|MDL0204:unknown|});",
        "Margin.ComputeLoss expects 1 label per sample, got target values")]
    [InlineData(
        "spam.ComputeLoss(unknown, {|MDL0204:labels|});",
        "Spam.ComputeLoss expects 1 target value per sample, got labels")]
    [InlineData(
        "robot.ComputeLoss(new float[4], {|MDL0204:{|from:new float[2]|}|});",
        "Robot.ComputeLoss expects 3 target values per sample, got 2 target values for 1 sample")]
    [InlineData(
        "robot.ComputeLoss(unknown, {|MDL0204:{|from:new float[4]|}|});",
        "Robot.ComputeLoss expects 3 target values per sample, got 4 target values")]
    [InlineData(
        "irises.ComputeLoss(new float[8], {|MDL0204:{|from:new[] { 0, 1, 2 }|}|});",
        "Irises.ComputeLoss expects 1 label or 3 target values per sample, got 3 labels for 2 samples")]
    [InlineData(
        "irises.ComputeLoss(unknown, {|MDL0204:{|from:new float[2]|}|});",
        "Irises.ComputeLoss expects 1 label or 3 target values per sample, got 2 target values")]
    [InlineData(
        "irises.ComputeLoss(unknown, {|MDL0204:default|});",
        "Irises.ComputeLoss expects 1 label or 3 target values per sample, got none")]
    [InlineData(
        "steps.ComputeLoss(new float[10], {|MDL0204:{|from:new int[1]|}|});",
        "Steps.ComputeLoss expects 5 labels or 15 target values per sample, got 1 label for 1 sample")]
    [InlineData(
        "pairs.ComputeLoss(unknown, {|MDL0204:unknown|});",
        "Pairs.ComputeLoss expects 1 label per sample, got target values")]
    [InlineData(
        "triples.ComputeLoss(unknown, {|MDL0204:{|from:new int[1]|}|});",
        "Triples.ComputeLoss expects no targets (Triplet), got 1 label")]
    [InlineData(
        "both.ComputeLoss(unknown, {|MDL0204:labels|});",
        "Both.ComputeLoss expects 1 label and 2 target values per sample, got labels")]
    [InlineData(
        "both.ComputeLoss(new float[4], {|MDL0204:new Targets({|from:new int[1]|}, new float[3])|});",
        "Both.ComputeLoss expects 1 label and 2 target values per sample, got 1 label and 3 target values for 1 sample")]
    [InlineData(
        "Targets targets = {|from:new float[2]|}; robot.ComputeLoss(unknown, {|MDL0204:targets|});",
        "Robot.ComputeLoss expects 3 target values per sample, got 2 target values")]
    [InlineData(
        "Dataset.FromLabels(new Shape(4), new float[8], {|MDL0204:{|from:new int[3]|}|});",
        "Dataset.FromLabels expects 2 labels for 2 samples, got 3")]
    [InlineData(
        "Dataset.FromValues(new Shape(4), new float[8], {|MDL0204:{|from:new float[3]|}|});",
        "Dataset.FromValues expects the same number of target values for each of 2 samples, got 3")]
    [InlineData(
        "var set = {|from:Dataset.FromLabels(new Shape(4), unknown, labels)|}; new Trainer<Robot>(robot, new Adam()).Fit({|MDL0204:set|});",
        "'Robot' expects 3 target values per sample, got 1 label")]
    [InlineData(
        "var set = {|from:Dataset.FromValues(new Shape(4), unknown, unknown)|}; new Trainer<Margin>(margin, new Adam()).Fit({|MDL0204:set|});",
        "'Margin' expects 1 label per sample, got target values")]
    [InlineData(
        "var set = {|from:Dataset.FromValues(new Shape(4), new float[8], new float[4])|}; new Trainer<Robot>(robot, new Adam()).Evaluate({|MDL0204:set|});",
        "'Robot' expects 3 target values per sample, got 2 target values")]
    [InlineData(
        "var set = {|from:Dataset.FromLabels(new Shape(5, 2), unknown, labels)|}; new Trainer<Steps>(steps, new Adam()).Fit({|MDL0204:set|});",
        "'Steps' expects 5 labels or 15 target values per sample, got 1 label")]
    [InlineData(
        "var set = {|from:Dataset.FromLabels(new Shape(4), unknown, labels)|}; new Trainer<Both>(both, new Adam()).Fit({|MDL0204:set|});",
        "'Both' expects 1 label and 2 target values per sample, got 1 label")]
    public Task Targets_that_do_not_fit_report_MDL0204_at_the_argument(string statements, string message) =>
        Reports(statements, message);

    [Theory]
    [InlineData(
        "own.ComputeClippedGradients(unknown, labels, 1f); own.ComputeClippedGradients(new float[8], new int[2], 1f);")]
    [InlineData(
        "robot.ComputeLoss(unknown, unknown); robot.ComputeLoss(new float[8], new float[6]); robot.ComputeLoss(unknown, new float[6]);")]
    [InlineData(
        "irises.ComputeLoss(unknown, unknown); irises.ComputeLoss(unknown, labels); irises.ComputeLoss(new float[4], new float[3]);")]
    [InlineData(
        "sign.ComputeLoss(unknown, unknown); sign.ComputeLoss(unknown, labels); spam.ComputeLoss(unknown, new float[5]);")]
    [InlineData(
        "steps.ComputeLoss(unknown, new int[5]); pairs.ComputeLoss(unknown, labels); triples.ComputeLoss(unknown, default);")]
    [InlineData(
        "both.ComputeLoss(unknown, new Targets(labels, unknown)); both.ComputeLoss(new float[4], new Targets(new int[1], new float[2]));")]
    [InlineData("Targets t = condition ? new Targets(labels) : new Targets(unknown); robot.ComputeLoss(unknown, t);")]
    [InlineData("new Trainer<Spam>(spam, new Adam()).Fit(Dataset.FromLabels(new Shape(4), unknown, labels));")]
    [InlineData("new Trainer<Irises>(irises, new Adam()).Fit(Dataset.FromValues(new Shape(4), unknown, unknown));")]
    [InlineData("new Trainer<Steps>(steps, new Adam()).Fit(Dataset.FromTargets(new Shape(5, 2), unknown, labels));")]
    [InlineData(
        "new Trainer<Both>(both, new Adam()).Fit(Dataset.FromTargets(new Shape(4), unknown, labels, unknown));")]
    [InlineData("new Trainer<Triples>(triples, new Adam()).Fit(Dataset.FromTargets(new Shape(3, 4), unknown));")]
    [InlineData(
        "var set = condition ? Dataset.FromLabels(new Shape(4), unknown, labels) : Dataset.FromValues(new Shape(4), unknown, unknown); new Trainer<Robot>(robot, new Adam()).Fit(set);")]
    [InlineData("var n = 2; if (n > 2) { robot.ComputeLoss(unknown, labels); }")]
    [InlineData(
        "static void Train<T>(T model, float[] x, int[] y) where T : class, IModel { model.ComputeLoss(x, y); } Train(robot, unknown, labels);")]
    public Task Targets_that_may_fit_do_not_report_MDL0204(string statements) => IsSilent(statements);

    [Theory]
    [InlineData(
        "irises.ComputeLoss(unknown, {|MDL0205:{|from:new[] { 0, 3 }|}|});",
        "Irises.ComputeLoss expects labels from 0 to 2, got 3")]
    [InlineData(
        "irises.ComputeLoss(unknown, {|MDL0205:{|from:new[] { count, -1 }|}|});",
        "Irises.ComputeLoss expects labels from 0 to 2, got -1")]
    [InlineData(
        "int[] y = {|from:[0, 1, 3]|}; irises.ComputeGradients(unknown, {|MDL0205:y|});",
        "Irises.ComputeGradients expects labels from 0 to 2, got 3")]
    [InlineData(
        "own.ComputeClippedGradients(unknown, {|MDL0205:{|from:new[] { 0, 3 }|}|}, 1f);",
        "Private.ComputeClippedGradients expects labels from 0 to 2, got 3")]
    [InlineData(
        "ReadOnlySpan<int> y = {|from:[3]|}; irises.ComputeLoss(unknown, {|MDL0205:y|});",
        "Irises.ComputeLoss expects labels from 0 to 2, got 3")]
    [InlineData(
        "some.ComputeLoss(unknown, {|MDL0205:{|from:new[] { -1, -2 }|}|});",
        "Some.ComputeLoss expects labels from 0 to 2 , got -2")]
    [InlineData(
        "sign.ComputeLoss(unknown, {|MDL0205:{|from:new[] { 2 }|}|});",
        "Sign.ComputeLoss expects labels from 0 to 1, got 2")]
    [InlineData(
        "both.ComputeLoss(unknown, {|MDL0205:new Targets({|from:new[] { 3 }|}, unknown)|});",
        "Both.ComputeLoss expects labels from 0 to 2, got 3")]
    [InlineData(
        "Dataset.FromLabels(new Shape(4), unknown, {|MDL0205:{|from:new[] { 0, 3 }|}|}, 3);",
        "Dataset.FromLabels expects labels from 0 to 2, got 3")]
    [InlineData(
        "Dataset.FromLabels(new Shape(4), unknown, {|MDL0205:{|from:new[] { -1 }|}|});",
        "Dataset.FromLabels expects labels from 0 on, got -1")]
    [InlineData(
        "Dataset.FromText({|MDL0205:{|from:[1, 2, 9]|}|}, length: 2, vocabulary: 5);",
        "Dataset.FromText expects labels from 0 to 4, got 9")]
    [InlineData(
        "var set = {|from:Dataset.FromLabels(new Shape(4), unknown, labels, classCount: 5)|}; new Trainer<Irises>(irises, new Adam()).Fit({|MDL0205:set|});",
        "'Irises' expects labels of 3 classes, got 5 classes")]
    [InlineData(
        "var set = {|from:Dataset.FromLabels(new Shape(4), unknown, new[] { 0, 1, 3 })|}; new Trainer<Irises>(irises, new Adam()).Fit({|MDL0205:set.Split(0.5f).Remaining|});",
        "'Irises' expects labels of 3 classes, got 4 classes")]
    [InlineData(
        "var set = {|from:Dataset.FromTargets(new Shape(4), unknown, new[] { 0, -1 }, ignoredLabel: -1)|}; new Trainer<Irises>(irises, new Adam()).Fit({|MDL0205:set|});",
        "'Irises' expects labels from 0 to 2, got -1")]
    public Task Label_out_of_range_reports_MDL0205_at_the_argument(string statements, string message) =>
        Reports(statements, message.Replace(" ,", ",", StringComparison.Ordinal));

    [Theory]
    [InlineData("irises.ComputeLoss(unknown, new[] { 0, 1, 2 }); some.ComputeLoss(unknown, new[] { 0, -1 });")]
    [InlineData("int[] y = [0, 3]; y[1] = 2; irises.ComputeLoss(unknown, y);")]
    [InlineData("int[] y = [0, 3]; Array.Clear(y); irises.ComputeLoss(unknown, y);")]
    [InlineData("int[] y = [0, 3]; int[] z = y; z[1] = 2; irises.ComputeLoss(unknown, y);")]
    [InlineData("int[] z; int[] y = z = [0, 3]; y[1] = 2; irises.ComputeLoss(unknown, z);")]
    [InlineData("int[] y = [3]; Action repair = () => y[0] = 1; repair(); irises.ComputeLoss(unknown, y);")]
    [InlineData("int[] y = [3]; Span<int> view = y; view[0] = 1; irises.ComputeLoss(unknown, y);")]
    [InlineData("int[] y = [3]; foreach (ref int label in y.AsSpan()) { label = 0; } irises.ComputeLoss(unknown, y);")]
    [InlineData("new Trainer<Irises>(irises, new Adam()).Fit(Dataset.FromLabels(new Shape(4), unknown, labels, 3));")]
    [InlineData(
        "new Trainer<Irises>(irises, new Adam()).Fit(Dataset.FromLabels(new Shape(4), unknown, labels, count));")]
    [InlineData(
        "new Trainer<Some>(some, new Adam()).Fit(Dataset.FromTargets(new Shape(4), unknown, new[] { 0, -1 }, ignoredLabel: -1));")]
    [InlineData("Dataset.FromTargets(new Shape(4), unknown, new[] { 0, 9 }, classCount: 3, ignoredLabel: 9);")]
    public Task Label_that_may_be_in_range_does_not_report_MDL0205(string statements) => IsSilent(statements);

    [Theory]
    [InlineData("_ = {|from:irises.Predict(new float[4])|}[{|MDL0206:3|}];", "3 values: index 3")]
    [InlineData("var p = {|from:irises.Predict([1f, 2f, 3f, 4f])|}; _ = p[{|MDL0206:^4|}];", "3 values: index ^4")]
    [InlineData(
        "var p = {|from:irises.Predict(new float[8])|}; int i = 3; i = 2 * i; _ = p[{|MDL0206:i|}];",
        "6 values: index i")]
    [InlineData(
        "float[] p = {|from:irises.Predict(new float[4])|}.ToArray(); _ = p[{|MDL0206:3|}];",
        "3 values: index 3")]
    [InlineData(
        "var p = {|from:irises.Predict(new float[4])|}; _ = {|MDL0206:p.Slice(1, 3)|};",
        "3 values: slice p.Slice(1, 3)")]
    [InlineData("var p = {|from:irises.Predict(new float[4])|}; _ = p[{|MDL0206:2..4|}];", "3 values: slice 2..4")]
    public Task Index_outside_a_result_reports_MDL0206(string statements, string what) =>
        Reports(statements, $"Irises.Predict gives {what} lies outside");

    [Theory]
    [InlineData(
        "_ = irises.Predict(unknown)[3]; _ = irises.Predict(new float[8])[3]; _ = irises.Predict(new float[4])[2];")]
    [InlineData(
        "var p = irises.Predict(new float[4]); for (int i = 0; i < p.Length; i++) { _ = p[i]; } _ = p[^3]; _ = p[3..]; _ = p[..];")]
    [InlineData("var p = irises.Predict(new float[4]); if (p.Length > 3) { _ = p[3]; }")]
    [InlineData("var p = irises.Predict(new float[4]); if (condition) { p = unknown; } _ = p[3];")]
    public Task Index_inside_a_result_does_not_report_MDL0206(string statements) => IsSilent(statements);

    [Theory]
    [InlineData(
        "var copy = {|from:irises.ForInference()|}; {|MDL0207:copy.ComputeGradients(unknown, labels)|};",
        "Irises.ComputeGradients")]
    [InlineData(
        "{|MDL0207:new Trainer<Irises>({|from:irises.ForInference()|}, new Adam()).Fit(data)|};",
        "Trainer.Fit")]
    [InlineData(
        "var trainer = new Trainer<Irises>({|from:irises.ForInference()|}, new Adam()); {|MDL0207:trainer.Fit(data)|};",
        "Trainer.Fit")]
    [InlineData(
        "var copy = {|from:irises.ForInference()|}.ForInference(); _ = {|MDL0207:copy.Gradients|};",
        "Irises.Gradients",
        "irises.ForInference().ForInference()")]
    [InlineData(
        "var copy = {|from:irises.ForInference()|}; {|MDL0207:copy.Dense1Weight|}.Clear();",
        "Irises.Dense1Weight")]
    [InlineData(
        "var copy = {|from:own.ForInference()|}; {|MDL0207:copy.ComputeClippedGradients(unknown, labels, 1f)|};",
        "Private.ComputeClippedGradients")]
    [InlineData(
        "var copy = {|from:passes.ForInference()|}; {|MDL0207:copy.Forward(unknown)|};",
        "Passes.Forward")]
    [InlineData("var copy = {|from:irises.ForInference()|}; {|MDL0207:copy.Save(\"a\")|};", "Irises.Save")]
    [InlineData(
        "IModel copy = {|from:irises.ForInference()|}; new Adam().Step({|MDL0207:copy.Parameters|}, unknown);",
        "IInferenceModel.Parameters")]
    [InlineData(
        "var copy = {|from:irises.ForInference()|}; ModelFile.Save(\"a\", {|MDL0207:copy|});",
        "ModelFile.Save")]
    public Task Training_of_a_copy_reports_MDL0207(string statements, string member, string? origin = null) =>
        Reports(
            origin is null ? statements : statements.Replace(
                "{|from:irises.ForInference()|}.ForInference()", "{|from:" + origin + "|}", StringComparison.Ordinal),
            $"{member} needs a model that can be trained, but this one is a copy from ForInference, which only predicts");

    [Theory]
    [InlineData(
        "var copy = irises.ForInference(); copy.Predict(unknown); copy.ComputeLoss(unknown, labels); new Trainer<Irises>(copy, new Adam()).Evaluate(data);")]
    [InlineData(
        "var copy = own.ForInference(); own.ComputeClippedGradients(unknown, labels, 1f); passes.Forward(unknown);")]
    [InlineData(
        "var copy = irises.ForInference(); irises.ComputeGradients(unknown, labels); new Trainer<Irises>(irises, new Adam()).Fit(data);")]
    [InlineData(
        "var model = irises; if (condition) { model = irises.ForInference(); } model.ComputeGradients(unknown, labels);")]
    [InlineData("var model = irises.ForInference(); model = irises; model.Save(\"a\");")]
    public Task Model_that_may_be_trained_does_not_report_MDL0207(string statements) => IsSilent(statements);

    [Theory]
    [InlineData(
        "var a = {|from:irises.Predict(unknown)|}; var b = irises.Predict(other); _ = {|MDL0110:a|}[0] - b[0];",
        "Irises.Predict")]
    [InlineData(
        "var a = {|from:irises.Predict(unknown)|}; var b = irises.Predict(other); for (int i = 0; i < 3; i++) { _ = {|MDL0110:a|}[i] - b[i]; } _ = a[1];",
        "Irises.Predict")]
    [InlineData(
        "irises.Predict(unknown); var a = {|from:irises.Outputs|}; irises.ComputeLoss(other, labels); Console.WriteLine({|MDL0110:a|}[0]);",
        "Irises.Outputs")]
    [InlineData(
        "var a = {|from:own.Predict(unknown)|}; own.ComputeClippedGradients(other, labels, 1f); _ = {|MDL0110:a|}[0];",
        "Private.Predict")]
    [InlineData(
        "var a = {|from:passes.Forward(unknown)|}; passes.Predict(other); _ = {|MDL0110:a|}[0];",
        "Passes.Forward")]
    [InlineData(
        "var a = {|from:irises.Predict(unknown)|}; while (condition) { irises.Predict(other); _ = {|MDL0110:a|}[0]; }",
        "Irises.Predict")]
    [InlineData(
        "while (condition) { var a = {|from:irises.Predict(unknown)|}; irises.Predict(other); _ = {|MDL0110:a|}[0]; }",
        "Irises.Predict")]
    [InlineData(
        "var a = {|from:irises.Predict(unknown)|}; do { irises.Predict(other); } while (condition); _ = {|MDL0110:a|}[0];",
        "Irises.Predict")]
    [InlineData(
        "var m = new Irises(); var a = {|from:m.Predict(unknown)|}[..3]; m.Predict(other); _ = {|MDL0110:a|}[0];",
        "{|from")]
    public Task Kept_result_reports_MDL0110_at_its_first_use(string statements, string origin) =>
        Reports(
            origin == "{|from" ? statements.Replace("{|from:m.Predict(unknown)|}[..3]", "m.Predict(unknown)[{|from:..3|}]", StringComparison.Ordinal) : statements,
            $"'a' shows the memory of {(origin == "{|from" ? "..3" : origin)}, which the model has written again since: use it before, or keep a copy (ToArray)");

    [Theory]
    [InlineData("var a = irises.Predict(unknown); _ = a[0]; var b = irises.Predict(other); _ = b[0]; _ = a.Length;")]
    [InlineData("var a = irises.Predict(unknown).ToArray(); var b = irises.Predict(other); _ = a[0] - b[0];")]
    [InlineData("var a = irises.Predict(unknown); a = irises.Predict(other); _ = a[0];")]
    [InlineData("var a = passes.Forward(unknown); passes.Backward(other); _ = a[0];")]
    [InlineData("var a = irises.Predict(unknown); var b = robot.Predict(other); _ = a[0] - b[0];")]
    [InlineData(
        "var m = irises; var a = m.Predict(unknown); m = new Irises(); var b = m.Predict(other); _ = a[0] - b[0];")]
    [InlineData("var a = irises.Predict(unknown); if (condition) { irises.Predict(other); } _ = a[0];")]
    [InlineData("for (int i = 0; i < 3; i++) { var a = irises.Predict(unknown); _ = a[0]; }")]
    [InlineData(
        "ReadOnlySpan<float> a = []; while (condition) { if (!a.IsEmpty) { _ = a[0]; } a = irises.Predict(unknown); }")]
    [InlineData("var a = irises.Predict(unknown); while (condition) { _ = a[0]; a = irises.Predict(other); }")]
    [InlineData(
        "var a = new float[3][]; for (int i = 0; i < 3; i++) { a[i] = irises.Predict(unknown).ToArray(); } _ = a[0][0];")]
    [InlineData("irises.Predict(robot.Predict(unknown)[..0]);")]
    [InlineData("var a = irises.GetInputBuffer(1); irises.Predict(a); a[0] = 1f; irises.Predict(a);")]
    public Task Result_that_is_used_in_time_does_not_report_MDL0110(string statements) => IsSilent(
        statements.Replace("irises.Predict(robot.Predict(unknown)[..0]);", "", StringComparison.Ordinal));

    [Fact]
    public Task Samples_of_a_data_set_that_do_not_fit_its_shape_report_MDL0201() =>
        Reports(
            "Dataset.FromLabels(new Shape(4), {|MDL0201:{|from:new float[7]|}|}, labels);",
            "Dataset.FromLabels expects 4 values per sample, got 7");

    [Fact]
    public Task Parameter_that_is_assigned_in_a_try_block_does_not_report_MDL0201_in_its_handler() =>
        IsSilent(
            """
            void F([Shape(3)] float[] x) { try { x = unknown; Console.WriteLine(); } catch (Exception) { irises.Predict(x); } }
            F(unknown);
            """);

    private static Task Reports(string statements, string message) =>
        Diagnose.Reports(new Situation { Sources = [Models] }, Around(statements), message);

    private static Task IsSilent(string statements) =>
        Diagnose.Silent(new Situation { Sources = [Models] }, Around(statements));

    private static string Around(string statements) =>
        $$"""
        using System;

        public static class Caller
        {
            public static void Run(
                Irises irises, Some some, Robot robot, Margin margin, Sign sign, Spam spam, Steps steps, Pairs pairs, Triples triples,
                Both both, Private own, Passes passes, float[] unknown, float[] other, int[] labels, int count,
                bool condition, Dataset data)
            {
        {{statements}}
            }
        }
        """;
}
