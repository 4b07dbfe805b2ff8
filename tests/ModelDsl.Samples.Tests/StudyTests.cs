using MnistGanSample;
using MnistPretrainingSample;
using MnistPrivateSample;
using MnistSaliencySample;

namespace ModelDsl.Samples.Tests;

/// <summary>The smaller programs on MNIST, on a few images.</summary>
public sealed class StudyTests
{
    private static readonly Program[] Programs =
        [GanCommand.Run, SaliencyCommand.Run, PretrainingCommand.Run, PrivateCommand.Run];

    private delegate int Program(string[] args, TextWriter output, TextWriter error, Stop stop);

    [Fact]
    public void Adversarial_training_draws_a_sheet_that_a_judge_looks_at()
    {
        string[] options = ["--epochs", "1", "--batch-size", "50", "--judge-epochs", "1", "--judged", "100"];
        Results first = Start(GanCommand.Run, options, "generated-digits.png", "generator.safetensors");
        Assert.Contains("epoch 1 of 1: generator", first.Output, StringComparison.Ordinal);
        Assert.Contains("of 10 classes", first.Output, StringComparison.Ordinal);

        Results second = Start(GanCommand.Run, options, "generated-digits.png", "generator.safetensors");
        Assert.Equal(first.Files[0], second.Files[0]);
        Assert.Equal(first.Files[1], second.Files[1]);
    }

    [Fact]
    public void Both_models_of_adversarial_training_learn_in_each_step()
    {
        using var data = new SmallMnist(train: 60);
        Dataset images = Mnist.Load(data.Path).Train;
        var training = new AdversarialTraining(seed: 1, batchSize: 20);
        float[] generator = training.Generator.Parameters.ToArray();
        float[] discriminator = training.Discriminator.Parameters.ToArray();
        (float generatorLoss, float discriminatorLoss) = training.Step(images, [.. Enumerable.Range(0, 20)]);

        // Both know nothing yet: -log ½. The generator's loss comes after the first step of the discriminator, which
        // doubts more from then on.
        Assert.Equal(Math.Log(2), discriminatorLoss, 0.35);
        Assert.InRange(generatorLoss, 0.35, 2);
        Assert.NotEqual(generator, training.Generator.Parameters.ToArray());
        Assert.NotEqual(discriminator, training.Discriminator.Parameters.ToArray());
    }

    [Fact]
    public void Explanations_are_drawn_for_each_digit()
    {
        Results results = Start(SaliencyCommand.Run, ["--epochs", "1"], "explanations.png");
        Assert.Contains("test accuracy", results.Output, StringComparison.Ordinal);
        Assert.Contains("completeness", results.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Integrated_gradients_are_complete()
    {
        using var data = new SmallMnist();
        MnistData images = Mnist.Load(data.Path);
        var model = new DigitReader(seed: 1);
        new Trainer<DigitReader>(model, new Adam()).Fit(images.Train, epochs: 2, batchSize: 20);
        var explanations = new Explanations(model);
        float[] black = new float[images.Test.SampleShape.Count];
        for (int i = 0; i < 20; i++)
        {
            float[] image = images.Test.GetSample(i);
            float[] baseline = i % 2 == 0 ? black : images.Test.GetSample(i + 1);
            int digit = i % 10;
            double difference = explanations.Logit(image, digit) - explanations.Logit(baseline, digit);
            double sum = explanations.IntegratedGradients(image, baseline, digit, steps: 512).Sum(value => (double)value);
            Assert.Equal(difference, sum, 0.01 + (0.01 * Math.Abs(difference)));
        }
    }

    [Fact]
    public void Occlusion_of_what_is_black_already_changes_nothing()
    {
        using var data = new SmallMnist(train: 60, test: 20);
        var explanations = new Explanations(new DigitReader(seed: 1));
        float[] falls = explanations.Occlusion(Mnist.Load(data.Path).Test.GetSample(3), 4);
        Assert.Equal(0f, falls[0], 1e-5f);
        Assert.Contains(falls, fall => Math.Abs(fall) > 1e-3f);
    }

    [Fact]
    public void Pre_training_is_compared_with_training_from_scratch_for_each_seed()
    {
        Results results = Start(
            PretrainingCommand.Run,
            ["--seeds", "2", "--labelled", "0.1", "--pretraining-epochs", "1", "--epochs", "1", "--seed", "7"],
            "pretraining.png");
        Assert.Contains("│ 7 ", results.Output, StringComparison.Ordinal);
        Assert.Contains("│ 8 ", results.Output, StringComparison.Ordinal);
        Assert.Contains("│ mean", results.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0001")]
    [InlineData("1")]
    public void A_share_of_labels_that_leaves_none_on_one_side_is_refused(string share)
    {
        using var data = new SmallMnist();
        using var folder = new TemporaryFolder();
        using var error = new StringWriter();
        string[] args = ["--data", data.Path, "--output", folder.Path, "--labelled", share];
        Assert.Equal(1, PretrainingCommand.Run(args, TextWriter.Null, error, new Stop(CancellationToken.None)));
        Assert.Contains(
            "--labelled: expected a share with which some of 300 images", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Private_training_states_what_it_learnt_and_what_it_revealed()
    {
        string[] options = ["--epochs", "2", "--batch-size", "40", "--epsilon", "2.5"];
        Results first = Start(PrivateCommand.Run, options, "private-digits.safetensors");
        Assert.Contains("noise multiplier", first.Output, StringComparison.Ordinal);
        Assert.Contains("epoch 2: test accuracy", first.Output, StringComparison.Ordinal);
        Assert.Matches(@"at epsilon 2\.(49|50), delta 1E-05", first.Output);
        Assert.Equal(first.Files[0], Start(PrivateCommand.Run, options, "private-digits.safetensors").Files[0]);
    }

    [Fact]
    public void Options_that_make_no_sense_are_named()
    {
        foreach (Program program in Programs)
        {
            using var error = new StringWriter();
            Assert.Equal(1, program(["--epochs", "0"], TextWriter.Null, error, new Stop(CancellationToken.None)));
            Assert.Contains("--epochs: expected a whole number of at least 1", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Stopping_ends_a_program_at_once()
    {
        using var data = new SmallMnist();
        foreach (Program program in Programs)
        {
            using var folder = new TemporaryFolder();
            using var text = new StringWriter();
            string[] args = ["--data", data.Path, "--output", folder.Path, "--epochs", "100000"];
            Assert.Equal(130, program(args, text, TextWriter.Null, new Stop(new CancellationToken(canceled: true))));
            Assert.Contains(
                "Stopped by Ctrl+C after 0 steps; nothing was written.", text.ToString(), StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(folder.Path));
        }
    }

    private static (Program Program, string[] Options) Resumable(string name, string epochs) => name switch
    {
        "gan" => (
            GanCommand.Run, ["--epochs", epochs, "--batch-size", "50", "--judge-epochs", "2", "--judged", "100"]),
        "saliency" => (SaliencyCommand.Run, ["--epochs", epochs]),
        "pretraining" => (
            PretrainingCommand.Run,
            ["--epochs", epochs, "--seeds", "2", "--labelled", "0.1", "--pretraining-epochs", "3"]),
        _ => (PrivateCommand.Run, ["--epochs", epochs, "--batch-size", "20"]),
    };

    [Theory]
    [InlineData("gan")]
    [InlineData("saliency")]
    [InlineData("pretraining")]
    [InlineData("private")]
    public void A_program_stopped_at_any_moment_ends_as_one_that_was_not(string name)
    {
        (Program program, string[] options) = Resumable(name, epochs: "3");
        using var data = new SmallMnist();
        using var whole = new TemporaryFolder();
        using var stopped = new TemporaryFolder();
        using var expected = new StringWriter();
        Assert.Equal(
            0,
            program([.. options, "--data", data.Path, "--output", whole.Path], expected, TextWriter.Null, Never));

        // Each life is longer than the one before, so that the last one comes to the end.
        StopInFirstTraining(program, [.. options, "--data", data.Path, "--output", stopped.Path]);
        string[] resume = ["--resume"];
        for (int milliseconds = 5; ; milliseconds += milliseconds / 4 + 5)
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            using var source = new CancellationTokenSource(milliseconds);
            string[] args = [.. options, "--data", data.Path, "--output", stopped.Path, .. resume];
            int exitCode = program(args, output, error, new Stop(source.Token));
            Assert.Equal("", error.ToString());
            if (exitCode == 0)
            {
                Assert.Equal(LastOf(expected, whole), LastOf(output, stopped));
                break;
            }

            Assert.Equal(130, exitCode);
            bool isKept = Directory.GetFiles(stopped.Path, "checkpoint*").Length > 0;
            Assert.Contains(
                isKept ? "; go on with --resume, which reads " : "; nothing was written.",
                output.ToString(),
                StringComparison.Ordinal);
            resume = isKept ? ["--resume"] : [];
        }

        Assert.Equal(
            Directory.GetFiles(whole.Path).Select(Path.GetFileName).Order(),
            Directory.GetFiles(stopped.Path).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(whole.Path), file => Assert.Equal(
            File.ReadAllBytes(file), File.ReadAllBytes(stopped[Path.GetFileName(file)])));

        // What the program says in the end does not depend on the folder.
        static string LastOf(StringWriter text, TemporaryFolder folder) => text.ToString()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)[^2]
            .Replace(folder.Path, "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gan", "--batch-size", "50", "60")]
    [InlineData("gan", "--seed", "1", "2")]
    [InlineData("saliency", "--epochs", "40", "41")]
    [InlineData("saliency", "--seed", "1", "2", "the same Seed, which is 1 in the checkpoint, got 2")]
    [InlineData("pretraining", "--pretraining-epochs", "3", "4")]
    [InlineData("pretraining", "--seed", "1", "2", "the same Seed, which is 1 in the checkpoint, got 2")]
    [InlineData("private", "--rate", "0.5", "0.25")]
    [InlineData("private", "--batch-size", "20", "30", "the same BatchSize, which is 20 in the checkpoint, got 30")]
    public void A_stopped_program_is_neither_replaced_nor_continued_by_another(
        string name, string option, string before, string after, string? expected = null)
    {
        (Program program, string[] options) = Resumable(name, epochs: "40");
        using var data = new SmallMnist();
        using var folder = new TemporaryFolder();
        string[] args = [.. options, "--data", data.Path, "--output", folder.Path];
        AssertFails([.. args, "--resume"], "--resume: expected a training that was stopped, but", "is missing");
        StopInFirstTraining(program, args);
        var kept = Directory.GetFiles(folder.Path).ToDictionary(file => file, File.ReadAllBytes);

        AssertFails(
            args, "a training was stopped here; go on with it by --resume, or, to begin anew, delete that file");
        string[] other = [.. args.Select((arg, i) => i > 0 && args[i - 1] == option ? after : arg)];
        AssertFails(
            [.. other, "--resume", .. other.Contains(option) ? (string[])[] : [option, after]],
            expected ?? $"{option}: expected {before}, with which the training began, got {after}.");
        Assert.Equal(kept, Directory.GetFiles(folder.Path).ToDictionary(file => file, File.ReadAllBytes));

        // Threads may be others.
        Assert.Equal(0, program([.. args, "--resume", "--threads", "3"], TextWriter.Null, TextWriter.Null, Never));

        void AssertFails(string[] given, params string[] parts)
        {
            using var error = new StringWriter();
            Assert.Equal(1, program(given, TextWriter.Null, error, Never));
            Assert.All(parts, part => Assert.Contains(part, error.ToString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_checkpoint_of_private_training_does_not_tell_the_seed_of_its_noise()
    {
        (Program program, string[] options) = Resumable("private", epochs: "40");
        using var data = new SmallMnist();
        using var folder = new TemporaryFolder();
        StopInFirstTraining(
            program, [.. options, "--data", data.Path, "--output", folder.Path, "--seed", "8589934597"]);
        using var checkpoint = SafetensorsFile.Open(folder["checkpoint.safetensors"]);
        Assert.Contains(checkpoint.Metadata.Values, text => text.Contains("--rate", StringComparison.Ordinal));
        Assert.DoesNotContain(
            checkpoint.Metadata.Values, text => text.Contains("8589934597", StringComparison.Ordinal));
    }

    [Fact]
    public void Private_training_does_not_go_on_with_another_seed()
    {
        (Program program, string[] options) = Resumable("private", epochs: "40");
        using var data = new SmallMnist();
        using var folder = new TemporaryFolder();
        string[] args = [.. options, "--data", data.Path, "--output", folder.Path];
        StopInFirstTraining(program, [.. args, "--seed", "7"]);
        using var error = new StringWriter();
        Assert.Equal(1, program([.. args, "--seed", "8", "--resume"], TextWriter.Null, error, Never));
        Assert.Matches(
            "hash of --seed: expected [0-9A-F]{32}, with which the training began, got [0-9A-F]{32}",
            error.ToString().ReplaceLineEndings(""));
        Assert.Equal(0, program([.. args, "--seed", "7", "--resume"], TextWriter.Null, TextWriter.Null, Never));
    }

    private static Stop Never => new(CancellationToken.None);

    // On a busy machine a program may come to its end before anybody sees its first checkpoint: then it begins anew.
    private static void StopInFirstTraining(Program program, string[] args)
    {
        string folder = args[Array.IndexOf(args, "--output") + 1];
        int exitCode = 0;
        for (int attempt = 0; exitCode == 0 && attempt < 20; attempt++)
        {
            using var source = new CancellationTokenSource();
            bool hasEnded = false;
            var stopping = new Thread(() =>
            {
                SpinWait.SpinUntil(() =>
                    Volatile.Read(ref hasEnded) || Directory.GetFiles(folder, "checkpoint*.safetensors").Length > 0);
                source.Cancel();
            });
            stopping.Start();
            exitCode = program(args, TextWriter.Null, TextWriter.Null, new Stop(source.Token));
            Volatile.Write(ref hasEnded, true);
            stopping.Join();
        }

        Assert.Equal(130, exitCode);
    }

    private static Results Start(Program program, string[] options, params string[] files)
    {
        using var data = new SmallMnist();
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] args = ["--data", data.Path, "--output", folder.Path, .. options];
        int exitCode = program(args, output, error, new Stop(CancellationToken.None));
        Assert.True(exitCode == 0, error.ToString());
        Assert.Equal(files.Order(), Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        return new Results(output.ToString(), [.. files.Select(file => File.ReadAllBytes(folder[file]))]);
    }

    private sealed record Results(string Output, byte[][] Files);
}
