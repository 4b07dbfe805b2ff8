using System.Text.RegularExpressions;
using ModelDsl.KilledTraining;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>A training loop of one's own is saved and goes on.</summary>
public sealed class LoopCheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("modeldsl-loop-").FullName;

    public static TheoryData<string> Names => TestModelCatalog.Names;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Two_models_that_go_on_end_with_the_bits_of_those_that_never_stopped(int steps)
    {
        var expected = new Loop(seed: 1);
        Train(expected, 12);

        var first = new Loop(seed: 1);
        Train(first, steps);
        first.Checkpoint.Save(PathOf("run.safetensors"));
        var second = new Loop(seed: 8);
        Train(second, 3);
        second.Checkpoint.Load(PathOf("run.safetensors"));
        Train(second, 12 - steps);

        Assert.Equal((12, expected.LossSum), (second.Step, second.LossSum));
        Assert.Equal(expected.Net.Parameters, second.Net.Parameters);
        Assert.Equal(expected.Student.Parameters, second.Student.Parameters);
        expected.Average.Apply();
        second.Average.Apply();
        Assert.Equal(expected.Student.Parameters, second.Student.Parameters);
        Assert.Equal([PathOf("run.safetensors")], Directory.GetFiles(_folder));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_model_goes_on_with_the_same_bits(string name)
    {
        Batch batch = Batch.Draw(TestModelCatalog.Create(name, seed: 3).Description, 4, seed: 5).First();
        (LoopCheckpoint expected, IModel expectedModel, IOptimizer expectedOptimizer) = Create(seed: 3);
        Steps(expectedModel, expectedOptimizer);
        expected.Save(PathOf("run.safetensors"));
        Steps(expectedModel, expectedOptimizer);

        (LoopCheckpoint actual, IModel model, IOptimizer optimizer) = Create(seed: 4);
        Steps(model, optimizer);
        actual.Load(PathOf("run.safetensors"));
        Steps(model, optimizer);
        Assert.Equal(expectedModel.Parameters, model.Parameters);
        Assert.Equal(expectedModel.TrainingStep, model.TrainingStep);

        (LoopCheckpoint Checkpoint, IModel Model, IOptimizer Optimizer) Create(ulong seed)
        {
            IModel created = TestModelCatalog.Create(name, seed);
            var adam = new Adam { LearningRate = 0.01f };
            var checkpoint = new LoopCheckpoint();
            checkpoint.Add("only", created, adam);
            return (checkpoint, created, adam);
        }

        void Steps(IModel trained, IOptimizer by)
        {
            for (int step = 0; step < 2; step++)
            {
                trained.ComputeGradients(batch.Samples, batch.Targets);
                by.Step(trained);
            }
        }
    }

    [Fact]
    public void Numbers_keep_all_their_digits_and_replace_what_was_there()
    {
        double[] values = [0, -1, 1 / 3.0, 1L << 53, double.Epsilon, double.NaN, double.NegativeInfinity];
        var saved = new LoopCheckpoint();
        for (int i = 0; i < values.Length; i++)
        {
            saved.Numbers.Add($"of {i}/ä", values[i]);
        }

        saved.Save(PathOf("run.safetensors"));
        var loaded = new LoopCheckpoint { Numbers = { ["other"] = 1 } };
        loaded.Load(PathOf("run.safetensors"));
        Assert.Equal(saved.Numbers.OrderBy(pair => pair.Key), loaded.Numbers.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void Tensors_are_found_under_the_names_that_the_documentation_gives()
    {
        var loop = new Loop(seed: 1);
        Train(loop, 2);
        loop.Checkpoint.Save(PathOf("run.safetensors"));
        using var file = SafetensorsFile.Open(PathOf("run.safetensors"));
        foreach (string name in (string[])
            ["net/dense1.weight", "net/optimizer/firstMoment", "student/dense1.weight", "student/average/average"])
        {
            Assert.NotNull(file.Find(name));
        }

        // A map takes the weights of one model from it.
        var student = new Student(seed: 9);
        ModelFile.LoadInto(PathOf("run.safetensors"), student, new WeightMap
        {
            Names = new Dictionary<string, string> { ["dense1"] = "student/dense1", ["dense2"] = "student/dense2" },
        });
        Assert.Equal(loop.Student.Parameters, student.Parameters);
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_named_and_changes_nothing()
    {
        var saved = new Loop(seed: 1);
        Train(saved, 3);
        saved.Checkpoint.Save(PathOf("run.safetensors"));
        byte[] bytes = File.ReadAllBytes(PathOf("run.safetensors"));
        for (int length = 0; length < bytes.Length; length += 1 + (bytes.Length / 97))
        {
            File.WriteAllBytes(PathOf("cut.safetensors"), bytes[..length]);
            AssertRefused("cut.safetensors");
        }
    }

    [Fact]
    public void A_file_that_is_damaged_is_named_and_changes_nothing()
    {
        var saved = new Loop(seed: 1);
        Train(saved, 3);
        saved.Checkpoint.Save(PathOf("run.safetensors"));
        foreach ((string key, string text, string expected) in ((string, string, string)[])
        [
            ("model/net/trainingStep", "many", "expected a number as model/net/trainingStep, got many"),
            ("model/student/dropoutSeed", "-1", "got -1"),
            ("model/student/learningRate", "-1", "got -1"),
            ("model/student/lossScale", "x", "lossScale, got x"),
            ("model/student/averageSteps", "-1", "expected the state of a WeightAverage"),
            ("model/student/optimizer", "Adam", "expected the state of Sgd, got that of Adam"),
            ("model/net/optimizerSteps", "-3", "got -3 steps"),
            ("number/step", "one", "expected a number as number/step, got one"),
            ("model/net/class", "Other", "expected net of the class Net, got one of Other"),
        ])
        {
            Change(key, _ => text);
            AssertRefused("changed.safetensors", expected);
        }

        Change("model/student/average", _ => null);
        AssertRefused("changed.safetensors", "expected an average of student, got none");
        Change("model/net/learningRate", _ => null);
        AssertRefused("changed.safetensors", "expected a number as model/net/learningRate, got none");

        void Change(string key, Func<string, string?> change)
        {
            using var file = SafetensorsFile.Open(PathOf("run.safetensors"));
            var metadata = file.Metadata.ToDictionary();
            string? changed = change(metadata[key]);
            metadata.Remove(key);
            if (changed is not null)
            {
                metadata.Add(key, changed);
            }

            SafetensorsFile.Write(PathOf("changed.safetensors"), [.. file.Tensors.Select(Tensor)], metadata);

            NamedTensor Tensor(SafetensorsTensor tensor)
            {
                float[] values = new float[tensor.Count];
                file.Read(tensor, values);
                return new(tensor.Name, new Shape([.. tensor.Dimensions.Select(extent => (int)extent)]), values);
            }
        }
    }

    [Fact]
    public void Files_of_other_kinds_are_refused()
    {
        new Net(seed: 1).Save(PathOf("model.safetensors"));
        AssertRefused("model.safetensors", "expected a checkpoint of LoopCheckpoint, got another file");
        TrainingRun run = new Trainer<Net>(new Net(seed: 1), new Adam()).Begin(Samples.Create(), new FitOptions());
        run.TakeStep();
        run.SaveCheckpoint(PathOf("fit.safetensors"));
        AssertRefused("fit.safetensors", "such as one of a model alone or of Fit");
        Assert.Throws<FileNotFoundException>(() => new LoopCheckpoint().Load(PathOf("none.safetensors")));

        var loop = new LoopCheckpoint();
        loop.Add("net", new Net(seed: 1));
        loop.Save(PathOf("loop.safetensors"));
        Assert.Throws<InvalidDataException>(() => Net.Load(PathOf("loop.safetensors")));
    }

    [Fact]
    public void Other_models_are_named()
    {
        Save(("net", new Net(seed: 1)));
        AssertRefused("run.safetensors", "expected a checkpoint of net, student, got one of net");
        Save();
        AssertRefused("run.safetensors", "expected a checkpoint of net, student, got one of no model");
        Save(("net", new Student(seed: 1)), ("student", new Net(seed: 1)));
        AssertRefused("run.safetensors", "expected net of the class Net, got one of Student");
        Save(("net", new Net(seed: 1)), ("student", new Student(seed: 1)));
        AssertRefused("run.safetensors", "expected an optimizer of net, got none");

        void Save(params (string Name, IModel Model)[] models)
        {
            var checkpoint = new LoopCheckpoint { Settings = { ["batch size"] = "16" } };
            Array.ForEach(models, model => checkpoint.Add(model.Name, model.Model));
            checkpoint.Save(PathOf("run.safetensors"));
        }
    }

    [Fact]
    public void What_was_not_saved_of_a_model_is_not_asked_for_and_the_other_way_round()
    {
        var saved = new LoopCheckpoint();
        saved.Add("student", new Student(seed: 1), new Sgd());
        saved.Save(PathOf("run.safetensors"));
        var loaded = new LoopCheckpoint();
        loaded.Add("student", new Student(seed: 2));
        var exception = Assert.Throws<InvalidDataException>(() => loaded.Load(PathOf("run.safetensors")));
        Assert.Equal(
            $"{PathOf("run.safetensors")}: expected no optimizer of student, got one", exception.Message);
    }

    [Theory]
    [InlineData("16", "32", "batch size: expected 32, with which the training began, got 16")]
    [InlineData("16", null, "batch size: expected none, with which the training began, got 16")]
    [InlineData(null, "16", "batch size: expected 16, with which the training began, got none")]
    public void Other_settings_are_named_and_change_nothing(string? own, string? saved, string expected)
    {
        LoopCheckpoint before = Create(saved, number: 1);
        before.Save(PathOf("run.safetensors"));
        LoopCheckpoint after = Create(own, number: 2);
        var exception = Assert.Throws<InvalidDataException>(() => after.Load(PathOf("run.safetensors")));
        Assert.Equal($"{PathOf("run.safetensors")}: {expected}", exception.Message);
        Assert.Equal(2, after.Numbers["number"]);

        static LoopCheckpoint Create(string? size, double number)
        {
            var checkpoint = new LoopCheckpoint { Numbers = { ["number"] = number } };
            if (size is not null)
            {
                checkpoint.Settings.Add("batch size", size);
            }

            return checkpoint;
        }
    }

    [Fact]
    public void A_save_that_fails_keeps_the_file_before()
    {
        var loop = new Loop(seed: 1);
        loop.Checkpoint.Save(PathOf("run.safetensors"));
        byte[] before = File.ReadAllBytes(PathOf("run.safetensors"));

        // What cannot be written: half of a pair of surrogates.
        loop.Checkpoint.Settings["batch size"] = "\ud800";
        Assert.Throws<ArgumentException>(() => loop.Checkpoint.Save(PathOf("run.safetensors")));
        Assert.Equal(before, File.ReadAllBytes(PathOf("run.safetensors")));
        Assert.Equal([PathOf("run.safetensors")], Directory.GetFiles(_folder));
        Assert.Throws<DirectoryNotFoundException>(() => new LoopCheckpoint().Save(PathOf("no/folder.safetensors")));
    }

    [Fact]
    public void A_name_is_given_once_and_an_optimizer_to_one_model()
    {
        var checkpoint = new LoopCheckpoint();
        var optimizer = new Adam();
        checkpoint.Add("net", new Net(seed: 1), optimizer);
        foreach (string name in (string[])["net", "a/b"])
        {
            var exception = Assert.Throws<ArgumentException>(() => checkpoint.Add(name, new Net(seed: 1)));
            Assert.Contains($"got {name}", exception.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => checkpoint.Add("", new Net(seed: 1)));
        Assert.Contains(
            "each model needs an optimizer of its own",
            Assert.Throws<ArgumentException>(() => checkpoint.Add("other", new Net(seed: 1), optimizer)).Message,
            StringComparison.Ordinal);
    }

    private static void Train(Loop loop, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            loop.TakeStep();
        }
    }

    // A loop that has begun goes on as if nobody had tried to load.
    private void AssertRefused(string name, string expected = "")
    {
        var undisturbed = new Loop(seed: 2);
        Train(undisturbed, 4);
        var loop = new Loop(seed: 2);
        Train(loop, 2);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => loop.Checkpoint.Load(PathOf(name)));
        Assert.StartsWith($"{PathOf(name)}: ", exception.Message, StringComparison.Ordinal);
        Assert.True(exception.Message.Contains(expected, StringComparison.Ordinal), exception.Message);
        Assert.Single(Regex.Matches(exception.Message, Regex.Escape(PathOf(name))));
        Train(loop, 2);
        Assert.Equal(undisturbed.LossSum, loop.LossSum);
        Assert.Equal(undisturbed.Net.Parameters, loop.Net.Parameters);
        Assert.Equal(undisturbed.Student.Parameters, loop.Student.Parameters);
        undisturbed.Average.Apply();
        loop.Average.Apply();
        Assert.Equal(undisturbed.Student.Parameters, loop.Student.Parameters);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
