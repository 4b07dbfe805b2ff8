using Google.Protobuf;
using ModelDsl.Onnx;
using Benchmarks.Torch;

namespace Benchmarks.Bench.Rows;

/// <summary>
/// The sides of a prediction. libtorch runs in inference mode on a tensor that exists, and so does ONNX Runtime; ours
/// takes a span of floats that may lie anywhere.
/// </summary>
internal static class Predictions
{
    /// <summary>A copy for inference of a model.</summary>
    public static Contender Ours<TModel>(TModel source, float[] samples, string? remark = null)
        where TModel : class, IModel<TModel>
    {
        TModel model = source.ForInference();
        return new Contender(() => model.Predict(samples))
        {
            Result = () => model.Predict(samples).ToArray(),
            Remark = remark is null ? null : () => remark,
        };
    }

    /// <summary>The model in ONNX Runtime, written for the size of the batch.</summary>
    public static Contender OnnxRuntime(IModel source, int threads, float[] samples, int size)
    {
        OnnxModel model = new(source, size);
        OnnxRuntimeSession session = new(model.Proto.ToByteArray(), threads, model.ToInput(samples));
        return new Contender(session.Run, dispose: session.Dispose)
        {
            Result = () => model.FromOutput(session.Output),
        };
    }

    /// <summary>The model's twin in libtorch.</summary>
    public static Contender Torch(IModel source, float[] samples)
    {
        TorchModel model = new(source.GetType()) { Training = false };
        model.CopyParametersFrom(source);
        Tensor batch = tensor(
            samples,
            [samples.Length / source.Description.InputShape.Count, .. source.Description.InputShape.Dimensions]);
        IDisposable guard = inference_mode();
        return new Contender(
            () => model.Forward(batch).Dispose(),
            dispose: () =>
            {
                guard.Dispose();
                batch.Dispose();
                model.Dispose();
            })
        {
            Result = () => model.Forward(batch).detach().contiguous().data<float>().ToArray(),
        };
    }
}
