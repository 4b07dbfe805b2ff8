using Google.Protobuf;
using Benchmarks.Bench.Models;
using ModelDsl.Onnx;
using ModelDsl.Onnx.Format;
using ModelDsl.TestModels;
using ModelDsl.Tests.Parity;

namespace Benchmarks.Bench.Rows;

/// <summary>
/// Predictions of whole models beside ONNX Runtime, which is what models are often deployed with, and libtorch. All
/// sides have the same parameters.
/// </summary>
internal sealed class OnnxRuntimeRows(MlperfTinyFolder mlperfTiny) : IRowGroup
{
    private const double Goal = 1.2;

    /// <summary>The goal for one sample of a model of fewer than <see cref="SmallOperations"/>.</summary>
    private const double SmallGoal = 2;

    private const double SmallOperations = 1e6;

    /// <summary>Weights for fewer operations lie in the first cache, and the calls take longer.</summary>
    private const double LeastRead = 1e5;

    /// <summary>What takes some processors half a second.</summary>
    private const double LongOperations = 5e10;

    private static readonly int[] Sizes = [1, 8, 32];

    public string Name => "inference beside ONNX Runtime";

    public IEnumerable<Row> GetRows(int threads) =>
    [
        .. Of<MnistMlp>(threads, "MNIST MLP"),
        .. Of<SmallMlp>(threads, "MLP 16-32-32-4"),
        .. Of<LeNet>(threads, "LeNet"),
        .. Of<SoundAutoencoder>(threads, "MLPerf Tiny autoencoder", "ad.onnx"),
        .. Of<DsCnn>(threads, "MLPerf Tiny DS-CNN"),
        .. Of<ResNet8>(threads, "MLPerf Tiny ResNet-8", "ic.onnx", largest: 255f),
        .. Of<MobileNet>(threads, "MLPerf Tiny MobileNetV1 0.25", "vww.onnx"),
        .. Of<ResNet18>(threads, "ResNet-18 at 224x224"),
        .. Of<LstmLayer>(threads, "LSTM 128 to 128, 64 steps"),
        .. Of<CharGpt>(threads, "CharGpt, 64 tokens", largest: 65),
        .. Of<MiniLm>(threads, "BERT as MiniLM, 128 tokens", largest: 30522),
    ];

    private IEnumerable<Row> Of<TModel>(int threads, string name, string? file = null, float largest = 1f)
        where TModel : class, IModel<TModel> =>
        Sizes.Select(size => Of(threads, name, size, new Subject<TModel>(mlperfTiny, file, largest)));

    private Row Of<TModel>(int threads, string name, int size, Subject<TModel> subject)
        where TModel : class, IModel<TModel>
    {
        long multiplyAdds = Subject<TModel>.MultiplyAdds;
        double operations = 2.0 * size * multiplyAdds;
        // Each weight is read for a single multiplication, which takes no time beside it.
        bool isRead = size == 1 && subject.IsDense && operations > LeastRead;
        return new Row
        {
            Group = Name,
            Name = size == 1 ? $"{name}, one sample" : $"{name}, batch of {size}",
            Work = isRead ? Work.Floats(multiplyAdds, 0) : new Work(operations, WorkUnit.Operations),
            Goal = size == 1 && operations < SmallOperations ? SmallGoal : Goal,
            CountsSavedWork = true,
            IsLong = operations > LongOperations,
            Ours = () =>
            {
                subject.CheckParity();
                return Predictions.Ours(subject.Create(), subject.Draw(size), subject.Weights);
            },
            // It cannot be held back to AVX2.
            OnnxRuntime = Instructions.AreLimitedToAvx2
                ? null
                : () => Predictions.OnnxRuntime(subject.Create(), threads, subject.Draw(size), size),
            Torch = () => Predictions.Torch(subject.Create(), subject.Draw(size)),
            Limit = isRead ? () => Limits.Read(threads, (int)multiplyAdds) : () => Limits.Fma(threads),
            LimitWork = isRead ? Limits.ReadWork((int)multiplyAdds) : Limits.FmaWork(threads),
        };
    }

    /// <summary>A model of one class with the parameters and samples that all sides have.</summary>
    /// <param name="folder">Where files with trained weights are looked for.</param>
    /// <param name="file">The name of the file for this class, or null.</param>
    /// <param name="largest">What samples are drawn below, from 0: numbers, or tokens.</param>
    private sealed class Subject<TModel>(MlperfTinyFolder folder, string? file, float largest)
        where TModel : class, IModel<TModel>
    {
        /// <summary>The multiplications, each with an addition, for one sample.</summary>
        public static long MultiplyAdds { get; } = OnnxModel.CountMultiplyAdds(typeof(TModel));

        /// <summary>Whether each weight of the model is used once a sample.</summary>
        public bool IsDense { get; } = MultiplyAdds <= TModel.Architecture.ParameterLength;

        private ModelProto? Reference => file is null ? null : folder.Find(file);

        /// <summary>Where the weights are from, if that may differ.</summary>
        public string? Weights => file is null ? null
            : Reference is null ? $"{file} not found, weights drawn"
            : $"weights of {file}";

        /// <summary>A new model with trained weights where there are any, else with drawn ones.</summary>
        public TModel Create()
        {
            TModel model = TModel.Create(1);
            DrawNormalizations(model);
            if (Reference is { } reference)
            {
                new OnnxModel(model, batch: 1).CopyWeights(reference, model);
            }

            return model;
        }

        /// <summary>A batch of samples.</summary>
        public float[] Draw(int size)
        {
            bool isToken = TModel.Architecture.InputType == ElementType.Token;
            float[] uniform = Numbers.Draw(size * TModel.Architecture.InputShape.Count, 2).Span.ToArray();
            return Array.ConvertAll(uniform, drawn =>
            {
                float value = largest * (drawn + 1) / 2;
                return isToken ? Math.Min(MathF.Floor(value), largest - 1) : value;
            });
        }

        /// <summary>Makes sure that the weights mean the same in our model as in the file that they are from.</summary>
        /// <exception cref="InvalidOperationException">The outputs differ.</exception>
        public void CheckParity()
        {
            if (Reference is not { } reference)
            {
                return;
            }

            // The file takes images as we do, channels last.
            float[] sample = Draw(1);
            using OnnxRuntimeSession session = new(reference.ToByteArray(), threads: 1, sample);
            session.Run();
            Agreement.Compare(
                $"{typeof(TModel).Name} with the weights of {file}",
                "ONNX Runtime",
                session.Output,
                Create().ForInference().Predict(sample),
                Agreement.OnnxRuntimeTolerance);
        }

        /// <summary>Statistics and scales as training leaves them; those of a new model change nothing.</summary>
        private static void DrawNormalizations(TModel model)
        {
            foreach (ParameterDescription parameter in model.Description.Parameters.Where(
                parameter => parameter.Name.Contains("batchNorm", StringComparison.Ordinal)))
            {
                // Means and shifts around 0, variances and scales around 1.
                bool isOffset = parameter.Name.EndsWith("Mean", StringComparison.Ordinal)
                    || parameter.Name.EndsWith("bias", StringComparison.Ordinal);
                ReadOnlySpan<float> drawn = Numbers.Draw(parameter.Shape.Count, parameter.Offset).Span;
                Span<float> values = model.Parameters.Slice(parameter.Offset, parameter.Shape.Count);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (isOffset ? 0f : 1f) + (drawn[i] / 4);
                }
            }
        }
    }
}
