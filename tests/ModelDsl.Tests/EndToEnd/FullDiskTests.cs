using System.Diagnostics;
using ModelDsl.KilledTraining;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>Trainings whose checkpoints find no room.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string Checkpoint = "run.safetensors";

    private readonly string _folder = Directory.CreateTempSubdirectory("modeldsl-full-").FullName;

    private static bool HasFullDevice => File.Exists("/dev/full");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_training_on_a_disk_that_is_full_keeps_its_last_checkpoint_and_goes_on_from_it_elsewhere()
    {
        if (!CanMount())
        {
            // Only a system of one's own lets a process without rights fill up a disk: the other tests here do without
            // one.
            return;
        }

        string expected = Uninterrupted();
        string before = Subfolder("before"), after = Subfolder("after");
        TrainUntilCheckpoint(before);
        byte[] checkpoint = File.ReadAllBytes(Path.Combine(before, Checkpoint));

        // Room for the data and the checkpoint that is there, but not for half of another.
        long room = Directory.GetFiles(before).Sum(file => Pages(new FileInfo(file).Length)) + Pages(
            checkpoint.Length / 2);
        (int code, string error) = TrainOnDisk(before, after, room);
        Assert.NotEqual(0, code);
        Assert.Contains(
            $"{Checkpoint}: the file cannot be written: No space left on device", error, StringComparison.Ordinal);
        Assert.Equal(checkpoint, File.ReadAllBytes(Path.Combine(after, Checkpoint)));
        Assert.Empty(Directory.GetFiles(after, "*.tmp"));

        Train(after).WaitForExit();
        Assert.Equal(expected, File.ReadAllText(Path.Combine(after, "result.txt")));
    }

    [Fact]
    public void A_checkpoint_without_room_ends_the_training_with_an_error_that_names_it_and_the_training_can_go_on()
    {
        if (!HasFullDevice)
        {
            return;
        }

        string good = Path.Combine(_folder, "good-{step}.safetensors"), full = Path.Combine(
            _folder, "full.safetensors");
        File.CreateSymbolicLink(full, "/dev/full");
        Net expected = Fit(new EarlyStopping());
        var stopping = new EarlyStopping();
        var model = new Net(seed: 1);
        IOException exception = Assert.Throws<IOException>(() => Fit(
            model,
            resumeFrom: null,
            stopping,
            new ModelCheckpoint(good) { EverySteps = 1 },
            new ModelCheckpoint(full)));
        Assert.StartsWith($"{full}: the file cannot be written: ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, stopping.BestEpoch);
        Assert.Equal("/dev/full", new FileInfo(full).LinkTarget);
        Assert.Equal(10, Directory.GetFiles(_folder, "good-*").Length);
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp"));

        // The model is what the training had made of it by then, and free again; a checkpoint of before goes on.
        Assert.Equal(4, model.Predict(new float[20]).Length);
        Assert.Equal(10, model.TrainingStep);
        var resumed = new Net(seed: 2);
        Fit(resumed, good.Replace("{step}", "9", StringComparison.Ordinal), new EarlyStopping());
        Assert.Equal(expected.Parameters, resumed.Parameters);
    }

    private static Net Fit(params ITrainingObserver[] observers)
    {
        var model = new Net(seed: 1);
        Fit(model, resumeFrom: null, observers);
        return model;
    }

    private static void Fit(Net model, string? resumeFrom, params ITrainingObserver[] observers) =>
        new Trainer<Net>(model, new Adam()).Fit(Samples.Create(), new FitOptions
        {
            Epochs = 3,
            BatchSize = 64,
            Validation = Samples.Create(),
            Observers = [.. observers],
            ResumeFrom = resumeFrom,
        });

    // A disk in memory, in a system of mounts of the process's own: nobody else sees it, and it goes with the process.
    private static (int Code, string Error) TrainOnDisk(string from, string to, long room)
    {
        const string Script =
            """
            mount -t tmpfs -o size="$1" none "$3" && cp "$2"/* "$3" && dotnet "$4" "$3"
            code=$?
            mkdir "$5" && cp "$3"/* "$5"
            exit $code
            """;
        string disk = Directory.CreateTempSubdirectory("modeldsl-disk-").FullName;
        string kept = to + ".kept";
        using Process process = Start(
            "unshare", "-rm", "sh", "-c", Script, "sh", $"{room}", from, disk, typeof(Net).Assembly.Location, kept);
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Directory.Delete(disk, recursive: true);
        Directory.Delete(to);
        Directory.Move(kept, to);
        return (process.ExitCode, error);
    }

    private static bool CanMount()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/unshare"))
        {
            return false;
        }

        using Process process = Start("unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt");
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static long Pages(long length) => (length + 4095) / 4096 * 4096;

    private static void TrainUntilCheckpoint(string folder)
    {
        using Process process = Train(folder);
        while (!File.Exists(Path.Combine(folder, Checkpoint)) && !process.HasExited)
        {
            Thread.Sleep(1);
        }

        process.Kill();
        process.WaitForExit();
        Array.ForEach(Directory.GetFiles(folder, "*.tmp"), File.Delete);
    }

    private string Uninterrupted()
    {
        string folder = Subfolder("expected");
        using Process process = Train(folder);
        process.WaitForExit();
        return File.ReadAllText(Path.Combine(folder, "result.txt"));
    }

    private string Subfolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    private static Process Train(string folder) => Start("dotnet", typeof(Net).Assembly.Location, folder);

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }
}
