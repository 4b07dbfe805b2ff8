using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ModelDsl;
using ModelDsl.KilledTraining;

// Trains in the folder that the command line names, from a file there whose next batch a thread reads, and saves after
// every step: a test kills this program and starts it again, until it writes what came out of the training. With a
// second argument it trains by a loop of its own.
string folder = args[0];
string checkpoint = Path.Combine(folder, "run.safetensors");
if (args.Length > 1)
{
    var loop = new Loop(seed: 7);
    if (File.Exists(checkpoint))
    {
        loop.Checkpoint.Load(checkpoint);
    }

    while (loop.Step < Loop.Steps)
    {
        loop.TakeStep();
        loop.Checkpoint.Save(checkpoint);
    }

    loop.Average.Apply();
    WriteResult(Hash(loop.Net), Hash(loop.Student), string.Create(CultureInfo.InvariantCulture, $"{loop.LossSum:R}"));
    return;
}

string data = Path.Combine(folder, "data.safetensors");
if (!File.Exists(data))
{
    DataFile.Save(data, Samples.Create());
}

WorkerPool.ThreadCount = 2;
using DataFile file = DataFile.Open(data);
(DataSubset train, DataSubset validation) = file.Split(0.25f, seed: 9);
using PrefetchedSource prefetched = train.Augment(Augmentation.Noise(0.1f), Augmentation.Shift(1)).Prefetch();
var model = new Net(seed: 7);
History history = new Trainer<Net>(model, new Adam { LearningRate = 3e-3f }).Fit(
    prefetched,
    new FitOptions
    {
        Epochs = 12,
        BatchSize = 16,
        Validation = validation,
        Seed = 9,
        WeightAverageDecay = 0.9f,
        ResumeFrom = File.Exists(checkpoint) ? checkpoint : null,
        Observers =
        [
            new EarlyStopping { Patience = 12 },
            new ModelCheckpoint(checkpoint) { EverySteps = 1 },
            new CsvLogger(Path.Combine(folder, "history.csv")),
        ],
    });
IEnumerable<string> losses = history.Epochs.Select(epoch => string.Create(
    CultureInfo.InvariantCulture, $"{epoch.Epoch} {epoch.Loss:R} {epoch.Accuracy:R} {epoch.ValidationLoss:R}"));
WriteResult([Hash(model), $"{model.TrainingStep} {history.EndReason}", .. losses]);

static string Hash(IModel model) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(model.Parameters)));

// In one piece: this may be killed too.
void WriteResult(params string[] lines)
{
    string result = Path.Combine(folder, "result.txt");
    string temporary = Path.Combine(folder, "result.txt.part");
    File.WriteAllLines(temporary, lines);
    File.Move(temporary, result);
}
