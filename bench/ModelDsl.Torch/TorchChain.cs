namespace Benchmarks.Torch;

/// <summary>Layers in a row, and the loss behind them where there is one.</summary>
internal sealed record TorchChain(IReadOnlyList<ITorchLayer> Layers, ITorchLoss? Loss)
{
    /// <summary>The last layer's output.</summary>
    public Tensor Forward(Tensor input)
    {
        Tensor values = input;
        foreach (ITorchLayer layer in Layers)
        {
            values = layer.Forward(values);
        }

        return values;
    }
}
