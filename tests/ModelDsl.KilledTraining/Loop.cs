namespace ModelDsl.KilledTraining;

/// <summary>Learns from what another model says, with an average of its weights.</summary>
[Model]
[Input(5, 4)]
[Flatten, Dense(24), Tanh, Dropout(0.2f)]
[Dense(4)]
[MeanSquaredError]
public partial class Student;

/// <summary>
/// A training loop of two models of which the second learns from the first, with optimizers of two kinds.
/// </summary>
public sealed class Loop
{
    public const int Steps = 300;

    private const int BatchSize = 16;

    private readonly Dataset _data = Samples.Create();
    private readonly Adam _netOptimizer = new() { LearningRate = 3e-3f };
    private readonly Sgd _studentOptimizer = new() { LearningRate = 0.02f, Momentum = 0.9f };
    private readonly float[] _samples = new float[BatchSize * 20];

    public Loop(ulong seed)
    {
        Net = new Net(seed);
        Student = new Student(seed + 1);
        Average = new WeightAverage(Student) { Decay = 0.9f };
        Checkpoint.Add("net", Net, _netOptimizer);
        Checkpoint.Add("student", Student, _studentOptimizer, Average);
        Checkpoint.Settings["batch size"] = $"{BatchSize}";
    }

    public Net Net { get; }

    public Student Student { get; }

    public WeightAverage Average { get; }

    public LoopCheckpoint Checkpoint { get; } = new();

    public int Step => (int)Checkpoint.Numbers.GetValueOrDefault("step");

    public double LossSum => Checkpoint.Numbers.GetValueOrDefault("loss");

    /// <summary>Trains both models on a batch that the number of the step tells.</summary>
    public void TakeStep()
    {
        int[] indices = new Random(Step).GetItems(Enumerable.Range(0, _data.Count).ToArray(), BatchSize);
        _data.GatherSamples(indices, _samples);
        _netOptimizer.LearningRate = 3e-3f / (1 + (0.01f * Step));
        float loss = Net.ComputeGradients(_samples, indices.Select(_data.GetLabel).ToArray());
        _netOptimizer.Step(Net);
        loss += Student.ComputeGradients(_samples, Net.Predict(_samples));
        _studentOptimizer.Step(Student);
        Average.Update();
        (Checkpoint.Numbers["step"], Checkpoint.Numbers["loss"]) = (Step + 1, LossSum + loss);
    }
}
