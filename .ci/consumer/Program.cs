using ModelDsl;

// What a user of the package writes: no registration, no native library, nothing to dispose.
float[] corners = [0, 0, 0, 1, 1, 0, 1, 1];
float[] answers = [0, 1, 1, 0];
var model = new ExclusiveOr(seed: 1);
var trainer = new Trainer<ExclusiveOr>(model, new Adam { LearningRate = 0.05f });
trainer.Fit(Dataset.FromValues(new Shape(2), corners, answers), epochs: 500, batchSize: 4);
Console.WriteLine(string.Join(" ", model.Predict(corners).ToArray().Select(logit => logit > 0f ? 1 : 0)));

string file = Path.Combine(AppContext.BaseDirectory, "xor.safetensors");
model.Save(file);
bool same = ExclusiveOr.Load(file).Predict(corners).SequenceEqual(model.Predict(corners));
Console.WriteLine($"{ExclusiveOr.Architecture.ParameterCount} parameters, loaded: {same}");

[Model, Input(2), Dense(8), Tanh, Dense(1), BinaryCrossEntropy]
internal sealed partial class ExclusiveOr;
