namespace ModelDsl.Torch.Layers;

internal sealed class TorchGru : ITorchLayer<GruAttribute>
{
    private readonly GRU _module;
    private readonly TorchRecurrence _recurrence;

    public TorchGru(GruAttribute attribute, TorchLayerContext context)
    {
        _recurrence = new TorchRecurrence(attribute.ReturnSequences, attribute.GoBackwards);
        _module = nn.GRU(context.Shape[1], attribute.Units, bias: attribute.UseBias, batchFirst: true);
        TorchRecurrence.Adopt(attribute, context.NameOf(attribute, "gru"), context, _module, hasTwoBiases: true);
        context.Shape = _recurrence.Shape(context.Shape, attribute.Units);
    }

    public Tensor Forward(Tensor input) => _recurrence.Forward(input, sequence => _module.call(sequence).Item1);
}
