using TorchSharp;

namespace Benchmarks.Torch.Layers;

internal sealed class TorchSinusoidalPosition : ITorchLayer<SinusoidalPositionAttribute>
{
    private readonly Tensor _waves;

    public TorchSinusoidalPosition(TorchLayerContext context)
    {
        (long steps, long width) = (context.Shape[0], context.Shape[1]);
        using DisposeScope scope = NewDisposeScope();
        Tensor even = arange(0, width, ScalarType.Float64).div(2).floor() * 2;
        Tensor angles = arange(0, steps, ScalarType.Float64).unsqueeze(1) / pow(10000.0, even / width);
        Tensor isEven = arange(0, width).remainder(2) == 0;
        _waves = where(isEven, angles.sin(), angles.cos()).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    public Tensor Forward(Tensor input) => input + _waves;
}
