using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ModelDsl;
using ModelDsl.KilledTraining;

// Trains in the folder that the command line names, from a file there whose next batch a thread reads, and saves after
// every step: a test kills this program and starts it again, until it writes what came out of the training.
string folder = args[0];
string checkpoint = Path.Combine(folder, "run.safetensors");
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
string parameters = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(model.Parameters)));
IEnumerable<string> losses = history.Epochs.Select(epoch => string.Create(
    CultureInfo.InvariantCulture, $"{epoch.Epoch} {epoch.Loss:R} {epoch.Accuracy:R} {epoch.ValidationLoss:R}"));

// In one piece: this may be killed too.
string result = Path.Combine(folder, "result.txt");
string temporary = Path.Combine(folder, "result.txt.part");
File.WriteAllLines(temporary, [parameters, $"{model.TrainingStep} {history.EndReason}", .. losses]);
File.Move(temporary, result);
